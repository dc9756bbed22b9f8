"""Prints the columns and rows of a Parquet file as JSON, as DuckDB, Polars or pyarrow reads it.

Called with the name of the reader and the file. Each cell is a text, or null: numbers as Python writes them, times as
microseconds since 1970-01-01 UTC.
"""

import json
import sys

reader, path = sys.argv[1:]

if reader == "duckdb":
    import duckdb

    table = duckdb.read_parquet(path)
    types = dict(zip(table.columns, map(str, table.types)))
    quoted = {name: '"' + name.replace('"', '""') + '"' for name in types}
    times = {name for name, type in types.items() if type == "TIMESTAMP WITH TIME ZONE"}
    rows = table.project(
        ", ".join(f"epoch_us({quoted[name]})" if name in times else quoted[name] for name in types)
    ).fetchall()
elif reader == "polars":
    import polars

    frame = polars.read_parquet(path)
    types = {name: str(type) for name, type in frame.schema.items()}
    times = [polars.col(name).dt.epoch("us") for name, type in frame.schema.items() if type == polars.Datetime("us", "UTC")]
    rows = frame.with_columns(times).rows()
else:
    import pyarrow
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(path)
    types = {field.name: str(field.type) for field in table.schema}
    columns = [
        column.cast(pyarrow.int64()) if pyarrow.types.is_timestamp(column.type) and column.type.tz == "UTC" else column
        for column in table.columns
    ]
    rows = list(zip(*(column.to_pylist() for column in columns)))

cells = [[None if cell is None else str(cell) for cell in row] for row in rows]
json.dump({"columns": list(types), "types": types, "rows": cells}, sys.stdout)
