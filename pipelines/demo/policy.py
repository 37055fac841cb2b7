"""The burden.toml that goes with the demo: its reform, targets, and the constants of burden hours."""

from pathlib import Path

from pipelines.contracts import months
from pipelines.demo.scheme import Scheme


def write_policy(scheme: Scheme, path: Path) -> Path | None:
    """Write the settings that belong to the demo; None, and nothing written, where the file is there already."""
    if path.exists():
        return None
    reform = months.iso(scheme.calendar[scheme.reform])
    path.write_text(
        "# 由人设定的事项：改革日期、目标、负担工时常数。示例省自带，可直接修改。\n"
        "# What people set: reform dates, targets, constants of burden hours. Written with the demo; edit freely.\n\n"
        "[[reforms]]\n"
        f"month = {reform}-01\n"
        'zh = "《整治形式主义为基层减负若干规定》印发（示例）"\n'
        'en = "Provisions on relieving the grass roots issued (demo)"\n\n'
        "[targets]\n"
        "meetings = 7.0\n"
        "documents = 16.0\n"
        "meeting_accompaniment_rate = 0.15\n"
        "reporting_minutes = 90.0\n\n"
        "[constants]\n"
        "escort_hours_per_person_day = 4.0\n"
        "hours_per_material = 2.0\n"
        "characters_per_hour = 18000.0\n"
        "characters_where_empty = 1500.0\n"
        "hours_per_report = 2.0\n",
        encoding="utf-8",
    )
    return path
