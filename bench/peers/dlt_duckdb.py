"""dlt, merging by ID into DuckDB.

    dlt_duckdb.py BASE_URL DIRECTORY
"""

import os
import sys
from pathlib import Path

os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"

import dlt

from source import pages

base_url, place = sys.argv[1], Path(sys.argv[2])


@dlt.resource(primary_key="id", write_disposition="merge")
def employees():
    yield from pages(base_url)


pipeline = dlt.pipeline(
    "employees",
    pipelines_dir=str(place / "pipelines"),
    destination=dlt.destinations.duckdb(str(place / "employees.duckdb")),
    dataset_name="hr",
)
pipeline.run(employees())
with pipeline.sql_client() as client:
    print(client.execute_sql("SELECT COUNT(*) FROM employees")[0][0])
