"""Where the data lie and how the server runs, from the environment (`BURDEN_*`)."""

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """`BURDEN_WAREHOUSE`: folder of the published snapshots; `BURDEN_FRAME_ANCESTORS`: who may embed the pages;
    `BURDEN_PREPARE`: does a server compute the first views of a snapshot before anybody asks?
    """

    model_config = SettingsConfigDict(env_prefix="BURDEN_", extra="ignore")

    warehouse: Path = Path("data/warehouse")
    frame_ancestors: str = "'self'"
    prepare: bool = True
