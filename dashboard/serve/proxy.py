"""nginx in front of several processes: its configuration, which is the documented one, and where it is found."""

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from pipelines.contracts.errors import BurdenError, RequestError

LOOPBACK = "127.0.0.1"
UPLOAD_MB = 50
_PLACES = ("/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/local/bin/nginx")
_TEMPLATE = Path(__file__).with_name("nginx.conf")
# Around the file of the site, where nginx is started by us: all that it writes lies in one folder.
_MAIN = """daemon off;
worker_processes 1;
worker_rlimit_nofile 8192;
pid "{folder}/nginx.pid";
error_log stderr warn;
events {{ worker_connections 4000; }}
http {{
    access_log off;
    default_type application/octet-stream;
    client_body_temp_path "{folder}/body";
    proxy_temp_path "{folder}/proxy";
    fastcgi_temp_path "{folder}/fastcgi";
    uwsgi_temp_path "{folder}/uwsgi";
    scgi_temp_path "{folder}/scgi";
    include "{site}";
}}
"""


def worker_ports(port: int, workers: int) -> list[int]:
    """The ports of the processes: those after the dashboard's own. Raises RequestError where there are not enough."""
    if port + workers > 65535:
        raise RequestError(f"端口 {port} 之后不足 {workers} 个端口；请用 --port 另选。",
                           f"There are not {workers} ports after {port}; choose another with --port.")
    return [port + number for number in range(1, workers + 1)]


def find_nginx() -> str:
    """The program nginx. Raises BurdenError where there is none."""
    found = shutil.which("nginx") or next((place for place in _PLACES if shutil.which(place)), None)
    if found is None:
        raise BurdenError(
            "多个进程须由代理分发，本机没有 nginx；请安装（Debian、Ubuntu：apt-get install nginx-light），"
            "或以 --no-proxy 启动并使用自己的代理（--write-proxy 写出其配置）。",
            "Several processes need a proxy in front, and there is no nginx on this machine; install it (Debian, Ubuntu: apt-get "
            "install nginx-light), or start with --no-proxy behind a proxy of your own (--write-proxy writes its configuration).",
        )
    return found


def write_site(host: str, port: int, workers: int) -> str:
    """The part of nginx's configuration that serves the dashboard. Raises RequestError."""
    if not re.fullmatch(r"[\w.:-]+", host, re.ASCII):
        raise RequestError(f"“{host}”不是主机名或地址。", f"“{host}” is neither a host name nor an address.")
    ports = worker_ports(port, workers)
    seats = {f"w{number}": f"{LOOPBACK}:{own}" for number, own in enumerate(ports, 1)}
    upstreams = [
        f"upstream burden_{seat} {{\n" + _servers(own, *(f"{other} backup" for other in seats.values() if other != own))
        + "\n    keepalive 16;\n}"
        for seat, own in seats.items()
    ]  # fmt: skip
    words = {
        "LISTEN": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "COUNT": str(workers),
        "SEAT_UPSTREAMS": "\n".join(f"    {seat} burden_{seat};" for seat in seats),
        "SEATS": "\n".join(f'    "~{re.escape(own)}$" {seat};' for seat, own in seats.items()),
        "SERVERS": _servers(*seats.values()),
        "UPSTREAMS": "\n".join(upstreams),
        "UPLOAD": str(UPLOAD_MB),
    }
    return re.sub(r"@([A-Z_]+)@", lambda found: words[found[1]], _TEMPLATE.read_text(encoding="utf-8"))


def _servers(*addresses: str) -> str:
    """A process that does not answer is tried again after two seconds; it starts within a few."""
    return "\n".join(
        f"    server {address.split()[0]} max_fails=1 fail_timeout=2s{address.removeprefix(address.split()[0])};"
        for address in addresses
    )


def save_site(file: Path, host: str, port: int, workers: int) -> None:
    """Write that part into a file. Raises RequestError."""
    content = write_site(host, port, workers)
    try:
        file.write_text(content, encoding="utf-8")
    except OSError as error:
        raise RequestError(f"“{file}”无法写入（{error.strerror}）；请检查文件夹与权限。",
                           f"“{file}” cannot be written ({error.strerror}); check the folder and permissions.") from None


def prepare(folder: Path, host: str, port: int, workers: int) -> Path:
    """Write both files into a folder of our own; the one to start nginx with."""
    folder.chmod(0o711)  # nginx's own user, where root starts it, passes through to the folders below
    save_site(folder / "burden.conf", host, port, workers)
    main = folder / "nginx.conf"
    main.write_text(_MAIN.format(folder=folder, site=folder / "burden.conf"), encoding="utf-8")
    return main


def command(nginx: str, main: Path, *words: str) -> Sequence[str]:
    """The command that runs nginx on that file, or with `-t` tries it."""
    return [nginx, "-e", "stderr", "-p", str(main.parent), "-c", str(main), *words]
