"""What other timetables run: systemd units and lines of a crontab, with absolute, quoted paths. No secrets."""

import getpass
import shlex
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipelines.contracts.errors import BurdenError
from pipelines.contracts.policy import Schedule

SECRETS_FILE = "/etc/burden/notify.env"
HARDENING = """\
NoNewPrivileges=yes
CapabilityBoundingSet=
ProtectSystem=strict
ProtectHome=read-only
{writable}
PrivateTmp=yes
PrivateDevices=yes
ProtectClock=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectControlGroups=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native
UMask=0027
"""


@dataclass(frozen=True)
class Installation:
    """Where things lie, all absolute, and the language of notices."""

    raw: Path
    warehouse: Path
    log: Path | None
    lang: str

    @property
    def words(self) -> list[str]:
        """The command, without what is asked of it."""
        command = [str(Path(sys.executable).with_name("burden")), "schedule", "--raw", str(self.raw)]
        command += ["--warehouse", str(self.warehouse)]
        return [*command, "--log", str(self.log)] if self.log else command

    @property
    def folders(self) -> list[Path]:
        """What is written to."""
        return [self.warehouse, *([self.log.parent] if self.log else [])]


def write_units(folder: Path, settings: Schedule, place: Installation) -> list[Path]:
    """Write `burden-schedule.service`, or in its stead `burden-refresh.service` with its timer. Raises BurdenError."""
    for needed in place.folders:
        if not needed.is_dir():  # systemd starts no unit whose writable folders are missing
            raise BurdenError(
                f"文件夹“{needed}”不存在，systemd 将无法启动；请先以运行用户建立该文件夹。",
                f"The folder “{needed}” does not exist, and systemd could not start; make it first, as the user who will run it.",
            )
    watch = ["--watch"] if settings.watch else []
    stopping = int(settings.grace_seconds) + 30
    units = {
        "burden-schedule.service": _service(
            "Burden monitor: the timetable", place, watch, stopping,
            {"Type": "exec", "Restart": "always", "RestartSec": "30", "KillMode": "mixed"},
        ) + "\n[Install]\nWantedBy=multi-user.target\n",
        "burden-refresh.service": _service(
            "Burden monitor: one refresh", place, ["--once"], stopping, {"Type": "oneshot", "KillMode": "mixed"},
        ),
        "burden-refresh.timer": _timer(settings),
    }  # fmt: skip
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in units.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise BurdenError(
            f"单元文件无法写入“{folder}”（{error.strerror}）；请检查路径与权限。",
            f"The units cannot be written to “{folder}” ({error.strerror}); check the path and permissions.",
        ) from None
    return [folder / name for name in units]


def write_cron(settings: Schedule, place: Installation) -> str:
    """The lines of a crontab: a line a time, under a comment on the time zone."""
    command = " ".join(shlex.quote(word) for word in [*place.words, "--once"]).replace("%", r"\%")
    lines = ["# CRON_TZ is heeded by cronie; other crons take the times for the machine's own.",
             f"CRON_TZ={settings.timezone}"]  # fmt: skip
    for time in settings.times:
        hour, minute = (int(part) for part in time.split(":"))
        lines.append(f"{minute} {hour} * * * BURDEN_LANG={place.lang} {command}")
    return "\n".join(lines)


def _service(title: str, place: Installation, extra: Iterable[str], stopping: int, kind: Mapping[str, str]) -> str:
    writable = "ReadWritePaths=" + " ".join(_quote(str(folder)) for folder in place.folders)
    lines = [
        "[Unit]", f"Description={title}", "Wants=network-online.target", "After=network-online.target", "",
        "[Service]", *(f"{key}={value}" for key, value in kind.items()), f"User={getpass.getuser()}",
        f"ExecStart={' '.join(_quote(word, argument=True) for word in [*place.words, *extra])}",
        f"Environment=BURDEN_LANG={place.lang}", f"EnvironmentFile=-{SECRETS_FILE}", f"TimeoutStopSec={stopping}",
    ]  # fmt: skip
    return "\n".join(lines) + "\n" + HARDENING.format(writable=writable)


def _timer(settings: Schedule) -> str:
    calendar = "\n".join(f"OnCalendar=*-*-* {time}:00 {settings.timezone}" for time in settings.times)
    return (
        f"[Unit]\nDescription=Burden monitor: when to refresh\n\n[Timer]\n{calendar}\nPersistent=true\n"
        "\n[Install]\nWantedBy=timers.target\n"
    )


def _quote(word: str, *, argument: bool = False) -> str:
    """As systemd reads it: in quotes, its specifiers (and in an argument its variables) taken literally."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return '"' + (escaped.replace("$", "$$") if argument else escaped) + '"'
