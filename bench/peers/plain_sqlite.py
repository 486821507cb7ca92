"""The script that a customer writes in an afternoon: Python's own library, an upsert by ID into SQLite.

    plain_sqlite.py BASE_URL DIRECTORY
"""

import sqlite3
import sys
from pathlib import Path

from source import ATTRIBUTES, pages

base_url, place = sys.argv[1], Path(sys.argv[2])
columns = ", ".join(ATTRIBUTES)
values = ", ".join(f":{key}" for key in ATTRIBUTES)
changes = ", ".join(f"{key} = excluded.{key}" for key in ATTRIBUTES if key != "id")

with sqlite3.connect(place / "employees.db") as database:
    database.execute("CREATE TABLE IF NOT EXISTS employees (id INTEGER PRIMARY KEY, status, email, first_name, "
                     "last_name, department, hire_date)")
    for page in pages(base_url):
        database.executemany(
            f"INSERT INTO employees ({columns}) VALUES ({values}) ON CONFLICT (id) DO UPDATE SET {changes}", page)
    print(database.execute("SELECT COUNT(*) FROM employees").fetchone()[0])
