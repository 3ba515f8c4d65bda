"""The five heavy families as a skilled user would write them elsewhere: DuckDB SQL, Polars, and Python row by row.

Each reads the lines of a Parquet file and writes the rule and the visit of every finding to another. What the policy
says is handed over as small tables. The assistant family is written for services an assistant furnished whole or within
the tenth that does not count: synthetic claims have no others.
"""

from __future__ import annotations

import datetime as dt
import itertools
import os
from collections import defaultdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from quarterhour.domain.code import code_number, code_text
from quarterhour.domain.visit import SETTINGS
from quarterhour.policy import load
from quarterhour.policy.edits import SPAN

FAMILIES = ("UNT101", "PTP101", "PTP102", "MUE101", "MUE102", "MUE104", "AST101", "MOD106")
COLUMNS = (
    "visit_id", "patient_id", "date_of_service", "payer", "setting", "discipline", "billing_npi",
    "assistant_credential", "accrued_pt_slp", "accrued_ot", "code", "minutes", "assistant_minutes", "units",
    "modifiers",
)  # fmt: skip
CLAIMS = ("professional", "institutional")
#: The adjudication indicator of a limit by policy.
POLICY = 2


def lookups(day: dt.date) -> dict[str, pa.Table]:
    """What the policy says on a day: codes, terms, pairs, limits, amounts."""
    policy = load()
    cards = [policy.codes.card(code) for code in policy.codes]
    codes = [
        (card.code, card.timed and card.unit_minutes == 15 and card.kind != "test", _therapy(card, day))
        for card in cards
        if card
    ]
    names = ("claim_type", "unit_method", "ncci_edits", "unlikely_edits", "kx_threshold", "assistant_modifiers")
    terms = [
        (payer, setting, *(policy.payers.terms(payer, setting, day.toordinal()).number(name) for name in names))
        for payer in policy.payers
        for setting in SETTINGS
    ]
    listed = {code_number(card.code) for card in cards if card}
    pairs, today = [], day.toordinal()
    for claim in range(len(CLAIMS)):
        for row in range(policy.pairs.starts[claim], policy.pairs.starts[claim + 1]):
            one, two = divmod(policy.pairs.keys[row], SPAN)
            if one in listed and two in listed and policy.pairs.firsts[row] <= today <= policy.pairs.lasts[row]:
                pairs.append((claim, code_text(one), code_text(two), policy.pairs.indicators[row]))
    limits = [
        (number, card.code, limit.units, limit.adjudication)
        for card in cards
        if card
        for number, claim in enumerate(CLAIMS)
        if (limit := policy.unlikely.limit(code_number(card.code), claim, day)) is not None
    ]
    bypass = [(one,) for one in policy.parameter("cms/ncci:pair_bypass").on(day).value]
    amounts = [tuple(int(policy.parameter(f"cms/thresholds:{name}").on(day).value) for name in ("kx_pt_slp", "kx_ot"))]
    return {
        "codes": _table(codes, "code", "timed", "therapy"),
        "terms": _table(terms, "payer", "setting", "claim", "method", "ncci", "mue", "kx", "assistants"),
        "pairs": _table(pairs, "claim", "column1", "column2", "indicator"),
        "limits": _table(limits, "claim", "code", "most", "mai"),
        "bypass": _table(bypass, "modifier"),
        "amounts": _table(amounts, "shared", "own"),
    }


def _therapy(card: Any, day: dt.date) -> bool:
    dated = card.designation_on(day)
    return dated is not None and dated.value != "none"


def _table(rows: list[Any], *names: str) -> pa.Table:
    return pa.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))


SQL = """
with lines as (
  select l.*, c.timed, c.therapy, t.claim, t.method, t.ncci, t.mue, t.kx, t.assistants,
         ' ' || coalesce(l.modifiers, '') || ' ' as marks, coalesce(l.units, 1) > 0 as billed
  from read_parquet('{path}') l join terms t using (payer, setting) left join codes c using (code)
),
code_days as (
  select patient_id, date_of_service, discipline, payer, code, any_value(timed) as timed, any_value(method) as method,
         min(visit_id) as visit_id, sum(minutes) as minutes, count(minutes) = count(*) as whole, sum(units) as units,
         sum(assistant_minutes) as assistant, any_value(assistants) as assistants,
         sum(case when regexp_matches(marks, ' (CQ|CO) ') then units else 0 end) as marked,
         any_value(assistant_credential) as credential
  from lines group by all
),
units as (
  select min(visit_id) as visit_id, sum(units) as billed,
         case when any_value(method) = 0 then (sum(minutes) + 7) // 15 else sum((minutes + 7) // 15) end as allowed
  from code_days where timed group by patient_id, date_of_service, discipline, payer having bool_and(whole)
),
pairs_found as (
  select two.visit_id, p.indicator, one.marks || two.marks as marks
  from lines one join pairs p on p.claim = one.claim and p.column1 = one.code
  join lines two on two.patient_id = one.patient_id and two.date_of_service = one.date_of_service
       and two.billing_npi = one.billing_npi and two.code = p.column2
  where one.ncci = 1 and two.ncci = 1 and one.billed and two.billed
),
limited as (
  select min(visit_id) as visit_id, any_value(most) as most, any_value(mai) as mai, sum(units) as units
  from lines join limits using (claim, code) where mue = 1 and billed
  group by patient_id, date_of_service, billing_npi, code
)
select 'UNT101' as rule, visit_id from units where billed > allowed
union all select 'PTP102', visit_id from pairs_found where indicator = 0
union all select 'PTP101', visit_id from pairs_found where indicator = 1
  and not regexp_matches(marks, ' ({bypass}) ')
union all select case when most = 0 then 'MUE104' when mai = 2 then 'MUE101' else 'MUE102' end, visit_id
  from limited where units > most
union all select 'AST101', visit_id from code_days where assistants = 1 and units > 0 and discipline <> 'SLP'
  and coalesce(credential, 'PTA') in ('PTA', 'OTA') and assistant >= minutes and assistant > 0 and marked < units
union all select 'MOD106', visit_id from lines, amounts where kx = 1 and therapy and billed and discipline is not null
  and not regexp_matches(marks, ' (KX|GA|GX|GY|GZ) ')
  and case when discipline = 'OT' then cast(replace(accrued_ot, '.', '') as int) >= own
           else cast(replace(accrued_pt_slp, '.', '') as int) >= shared end
"""


def duckdb_part(path: Path, out: Path, day: dt.date) -> None:
    """In SQL, out of core if need be, with all processors."""
    import duckdb

    database = duckdb.connect(config={"threads": os.cpu_count() or 1})
    tables = lookups(day)
    for name, table in tables.items():
        database.register(name, table)
    bypass = "|".join(tables["bypass"]["modifier"].to_pylist())
    database.sql(SQL.format(path=path, bypass=bypass)).write_parquet(str(out))


def polars_part(path: Path, out: Path, day: dt.date) -> None:
    """As lazy frames, in the streaming engine."""
    import polars as pl

    told = {name: pl.from_arrow(table).lazy() for name, table in lookups(day).items()}
    text = pl.concat_str([pl.lit(" "), pl.col("modifiers").cast(pl.String).fill_null(""), pl.lit(" ")])
    words = ("visit_id", "patient_id", "payer", "setting", "discipline", "billing_npi", "code", "assistant_credential")
    lines = (
        pl.scan_parquet(path)
        .select(COLUMNS)
        .with_columns(pl.col(word).cast(pl.String) for word in words)
        .join(told["terms"], on=["payer", "setting"])
        .join(told["codes"], on="code", how="left")
        .with_columns(marks=text, billed=pl.col("units").fill_null(1) > 0)
    )
    code_days = lines.group_by("patient_id", "date_of_service", "discipline", "payer", "code").agg(
        pl.col("timed", "method", "assistants").first(), pl.col("visit_id").min(), pl.col("minutes").sum(),
        (pl.col("minutes").null_count() == 0).alias("whole"), pl.col("units").sum(),
        pl.col("assistant_minutes").sum().alias("assistant"), pl.col("assistant_credential").first(),
        pl.col("units").filter(pl.col("marks").str.contains(" (CQ|CO) ")).sum().alias("marked"),
    )  # fmt: skip
    by_code = ((pl.col("minutes") + 7) // 15).sum()
    units = (
        code_days.filter("timed")
        .group_by("patient_id", "date_of_service", "discipline", "payer")
        .agg(
            pl.col("visit_id").min(), pl.col("units").sum().alias("billed"), pl.col("whole").all(),
            pl.when(pl.col("method").first() == 0).then((pl.col("minutes").sum() + 7) // 15).otherwise(by_code)
            .alias("allowed"),
        )
        .filter(pl.col("whole") & (pl.col("billed") > pl.col("allowed")))
    )  # fmt: skip
    edited = lines.filter((pl.col("ncci") == 1) & pl.col("billed"))
    day_keys = ["patient_id", "date_of_service", "billing_npi"]
    pairs = edited.join(told["pairs"], left_on=["claim", "code"], right_on=["claim", "column1"]).join(
        edited, left_on=[*day_keys, "column2"], right_on=[*day_keys, "code"], suffix="_two"
    )
    bypass = "|".join(lookups(day)["bypass"]["modifier"].to_pylist())
    bare = ~pl.concat_str(["marks", "marks_two"]).str.contains(f" ({bypass}) ")
    limited = (
        lines.filter((pl.col("mue") == 1) & pl.col("billed"))
        .join(told["limits"], on=["claim", "code"])
        .group_by(*day_keys, "code")
        .agg(pl.col("visit_id").min(), pl.col("most", "mai").first(), pl.col("units").sum())
        .filter(pl.col("units") > pl.col("most"))
    )
    which = pl.when(pl.col("most") == 0).then(pl.lit("MUE104")).when(pl.col("mai") == 2).then(pl.lit("MUE101"))
    helped = code_days.filter(
        (pl.col("assistants") == 1) & (pl.col("units") > 0) & (pl.col("discipline") != "SLP")
        & pl.col("assistant_credential").fill_null("PTA").is_in(["PTA", "OTA"]) & (pl.col("assistant") > 0)
        & (pl.col("assistant") >= pl.col("minutes")) & (pl.col("marked") < pl.col("units"))
    )  # fmt: skip
    own = pl.col("discipline") == "OT"
    of_own, of_shared = (
        pl.col(name).cast(pl.String).str.replace(".", "", literal=True) for name in ("accrued_ot", "accrued_pt_slp")
    )
    accrued = pl.when(own).then(of_own).otherwise(of_shared)
    amount = pl.when(own).then("own").otherwise("shared")
    confirmed = (
        lines.filter((pl.col("kx") == 1) & pl.col("therapy") & pl.col("billed") & pl.col("discipline").is_not_null())
        .filter(~pl.col("marks").str.contains(" (KX|GA|GX|GY|GZ) "))
        .join(told["amounts"], how="cross")
        .filter(accrued.cast(pl.Int64) >= amount)
    )

    def found(frame: pl.LazyFrame, rule: Any, visit: str = "visit_id") -> pl.LazyFrame:
        return frame.select(rule.alias("rule"), pl.col(visit).alias("visit_id"))

    pl.concat(
        [
            found(units, pl.lit("UNT101")),
            found(pairs.filter(pl.col("indicator") == 0), pl.lit("PTP102"), "visit_id_two"),
            found(pairs.filter((pl.col("indicator") == 1) & bare), pl.lit("PTP101"), "visit_id_two"),
            found(limited, which.otherwise(pl.lit("MUE102"))),
            found(helped, pl.lit("AST101")),
            found(confirmed, pl.lit("MOD106")),
        ]
    ).collect(engine="streaming").write_parquet(out)


def rows_part(path: Path, out: Path, day: dt.date) -> None:
    """Row by row, with dictionaries: a patient's day at a time, once all rows are dealt to their days."""
    told = {name: table.to_pylist() for name, table in lookups(day).items()}
    codes = {row["code"]: row for row in told["codes"]}
    terms = {(row["payer"], row["setting"]): row for row in told["terms"]}
    pairs = {(row["claim"], row["column1"], row["column2"]): row["indicator"] for row in told["pairs"]}
    limits = {(row["claim"], row["code"]): row for row in told["limits"]}
    bypass, amounts = {row["modifier"] for row in told["bypass"]}, told["amounts"][0]
    days: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for batch in pq.ParquetFile(path).iter_batches(batch_size=50_000, columns=list(COLUMNS)):
        for row in batch.to_pylist():
            row["marks"] = set((row["modifiers"] or "").split())
            days[row["patient_id"], row["date_of_service"]].append(row)
    found = [hit for lines in days.values() for hit in _of_day(lines, codes, terms, pairs, limits, bypass, amounts)]
    pq.write_table(pa.table({"rule": [rule for rule, _ in found], "visit_id": [visit for _, visit in found]}), out)


def _of_day(
    lines: list[dict[str, Any]], codes: Any, terms: Any, pairs: Any, limits: Any, bypass: Any, amounts: Any
) -> list[tuple[str, str]]:
    asks = terms[lines[0]["payer"], lines[0]["setting"]]
    visit = lines[0]["visit_id"]
    billed = [line for line in lines if line["units"] is None or line["units"] > 0]
    sums = {name: _sums(lines, name) for name in ("minutes", "units", "assistant_minutes")}
    rules = _units(lines, sums, codes, asks)
    rules += _pairs(billed, pairs, bypass, asks) if asks["ncci"] == 1 else []
    rules += _limits(sums["units"], limits, asks) if asks["mue"] == 1 else []
    rules += _assistants(lines, sums) if asks["assistants"] == 1 else []
    rules += _threshold(billed, codes, amounts) if asks["kx"] == 1 else []
    return [(rule, visit) for rule in rules]


def _sums(lines: list[dict[str, Any]], name: str) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for line in lines:
        found[line["code"]] += line[name] or 0
    return found


def _units(lines: list[dict[str, Any]], sums: Any, codes: Any, asks: Any) -> list[str]:
    timed = {line["code"] for line in lines if line["code"] in codes and codes[line["code"]]["timed"]}
    if any(line["minutes"] is None for line in lines if line["code"] in timed):
        return []
    minutes = [sums["minutes"][code] for code in timed]
    allowed = (sum(minutes) + 7) // 15 if asks["method"] == 0 else sum((one + 7) // 15 for one in minutes)
    return ["UNT101"] if sum(sums["units"][code] for code in timed) > allowed else []


def _pairs(billed: list[dict[str, Any]], pairs: Any, bypass: set[str], asks: Any) -> list[str]:
    found = []
    for one, two in itertools.permutations(billed, 2):
        indicator = pairs.get((asks["claim"], one["code"], two["code"]))
        if indicator == 0:
            found.append("PTP102")
        elif indicator == 1 and not (one["marks"] | two["marks"]) & bypass:
            found.append("PTP101")
    return found


def _limits(units: dict[str, int], limits: Any, asks: Any) -> list[str]:
    found = []
    for code, count in units.items():
        limit = limits.get((asks["claim"], code))
        if limit is not None and count > limit["most"]:
            found.append("MUE104" if limit["most"] == 0 else "MUE101" if limit["mai"] == POLICY else "MUE102")
    return found


def _assistants(lines: list[dict[str, Any]], sums: Any) -> list[str]:
    assistant = (lines[0]["assistant_credential"] or "PTA") in {"PTA", "OTA"}
    if not assistant or lines[0]["discipline"] not in {"PT", "OT"}:
        return []
    marked = _sums([line for line in lines if line["marks"] & {"CQ", "CO"}], "units")
    return [
        "AST101"
        for code, helped in sums["assistant_minutes"].items()
        if helped and helped >= sums["minutes"][code] and marked[code] < sums["units"][code]
    ]


def _threshold(billed: list[dict[str, Any]], codes: Any, amounts: Any) -> list[str]:
    if not billed or billed[0]["discipline"] is None:
        return []
    own = billed[0]["discipline"] == "OT"
    accrued = billed[0]["accrued_ot" if own else "accrued_pt_slp"]
    if accrued is None or int(accrued.replace(".", "")) < amounts["own" if own else "shared"]:
        return []
    therapy = [line for line in billed if line["code"] in codes and codes[line["code"]]["therapy"]]
    return ["MOD106" for line in therapy if not line["marks"] & {"KX", "GA", "GX", "GY", "GZ"}]


def arrow_part(path: Path, _out: Path, _day: dt.date) -> None:
    """A floor: reading the columns, a row group at a time."""
    file = pq.ParquetFile(path)
    for group in range(file.num_row_groups):
        file.read_row_group(group, columns=list(COLUMNS))


def scan_part(path: Path, _out: Path, _day: dt.date) -> None:
    """A floor: DuckDB reads every value of the same columns, which a mere maximum would take from what files say."""
    import duckdb

    file = duckdb.read_parquet(str(path))
    file.aggregate(", ".join(f"bit_xor(hash({name}))" for name in COLUMNS)).fetchall()


PARTS = {"arrow": arrow_part, "scan": scan_part, "duckdb": duckdb_part, "polars": polars_part, "rows": rows_part}
