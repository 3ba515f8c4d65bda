"""All that authorities say, in one place, read once. It is asked, it decides nothing."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.visit import SETTINGS
from quarterhour.policy.codes import Codes
from quarterhour.policy.denials import Denials
from quarterhour.policy.diagnoses import DiagnosisList, diagnosis_lists
from quarterhour.policy.edits import (
    CLAIM_TYPES,
    EDIT_TABLES,
    AddOns,
    PairEdits,
    Release,
    UnlikelyEdits,
    add_ons,
    pair_edits,
    unlikely_edits,
)
from quarterhour.policy.errors import BadPolicyData, NotKnown, UnknownName
from quarterhour.policy.fee_schedule import Amounts, FeeSchedule
from quarterhour.policy.localities import Localities
from quarterhour.policy.modifiers import Modifiers
from quarterhour.policy.own_folders import look_over
from quarterhour.policy.parameter import Parameter, parameter
from quarterhour.policy.payers import Payers
from quarterhour.policy.places import Contractors
from quarterhour.policy.providers import Providers
from quarterhour.policy.reading import DataFiles, read
from quarterhour.policy.source import Source, sources
from quarterhour.policy.support import Support
from quarterhour.policy.tables import Version, version

#: Places of service have two digits.
_PLACES: Final = 100


class Policy:
    """The policy data of one set of folders. Parts are built when first asked for."""

    def __init__(self, data: DataFiles, held: Version | None = None) -> None:
        """Use :func:`load`."""
        self._data = data
        self.held = held
        self._parameters: dict[str, Parameter[Any]] = {}

    @property
    def digest(self) -> str:
        """A hash of all the data, so that a report says exactly what it was judged by."""
        if self.held is None:
            return self._data.digest
        return hashlib.blake2b(f"{self._data.digest} {self.held.id}".encode(), digest_size=16).hexdigest()

    @functools.cached_property
    def sources(self) -> dict[str, Source]:
        """Every source, by id."""
        return sources(self._data)

    @functools.cached_property
    def codes(self) -> Codes:
        """The procedure codes."""
        return Codes(self._data, self.sources)

    @functools.cached_property
    def pairs(self) -> PairEdits:
        """The pair edits of every table, imported ones in the place of the built-in."""
        built_in = pair_edits(self._data, self.sources)
        if self.held is None:
            return built_in
        from quarterhour.policy.imported_edits import pairs_over

        return pairs_over(built_in, self.held, self._data.digest)

    @functools.cached_property
    def unlikely(self) -> UnlikelyEdits:
        """The unlikely-units edits of every table."""
        built_in = unlikely_edits(self._data, self.sources)
        if self.held is None:
            return built_in
        from quarterhour.policy.imported_edits import unlikely_over

        return unlikely_over(built_in, self.held, self._counted_by)

    def _counted_by(self, day: dt.date) -> int:
        """What units of Medicaid's unlikely-units edits are counted by, as an adjudication indicator; 0: not known."""
        try:
            return int(self.parameter("cms/mue:medicaid_indicator").on(day).value[0])
        except NotKnown:
            return 0

    @functools.cached_property
    def add_ons(self) -> AddOns:
        """The add-on codes."""
        built_in = add_ons(self._data, self.sources)
        if self.held is None:
            return built_in
        from quarterhour.policy.imported_edits import add_ons_over

        return add_ons_over(built_in, self.held)

    @functools.cached_property
    def diagnoses(self) -> tuple[DiagnosisList, ...]:
        """The releases of ICD-10-CM at hand, oldest first."""
        return diagnosis_lists(self.held)

    @functools.cached_property
    def modifiers(self) -> Modifiers:
        """The modifiers."""
        return Modifiers(self._data, self.sources)

    @functools.cached_property
    def payers(self) -> Payers:
        """The payers and their terms."""
        return Payers(self._data, self.sources)

    @functools.cached_property
    def providers(self) -> Providers:
        """Who may furnish, render and bill what."""
        return Providers(self._data, self.sources)

    @functools.cached_property
    def support(self) -> Support:
        """Which codes described work speaks for."""
        return Support(self._data, self.sources)

    @functools.cached_property
    def denials(self) -> Denials:
        """What payers' answers mean, and what to do about them."""
        return Denials(self._data, self.sources, self.parameter, set(self.parameter_names()))

    @functools.cached_property
    def contractors(self) -> Contractors:
        """The Medicare contractors, their states and their local policies."""
        return Contractors(self._data, self.sources)

    @functools.cached_property
    def fees(self) -> Amounts:
        """The amounts of the fee schedule."""
        built_in = FeeSchedule(self._data, self.sources, self.parameter)
        if self.held is None:
            return built_in
        from quarterhour.policy.imported_fees import ImportedAmounts

        return ImportedAmounts(built_in, self.held)

    @functools.cached_property
    def localities(self) -> Localities:
        """The payment localities and their ZIP codes."""
        if self.held is None:
            return Localities(self._data, self.sources)
        from quarterhour.policy.imported_zips import ImportedZips

        return Localities(self._data, self.sources, ImportedZips(self.held))

    @functools.cached_property
    def places_of_service(self) -> dict[str, dict[str, str]]:
        """Place-of-service codes: ``facility`` F or N, ``label`` in our words, ``from``."""
        return {line["code"]: line for line in self._data.files["cms/place_of_service"]}

    @functools.cached_property
    def known_places(self) -> frozenset[int]:
        """The places of service there are, as numbers."""
        return frozenset(int(code) for code in self.places_of_service)

    @functools.cached_property
    def facility_places(self) -> frozenset[int]:
        """The places of service that count as a facility, as numbers."""
        return frozenset(int(code) for code, line in self.places_of_service.items() if line["facility"] == "F")

    @functools.cached_property
    def place_fits(self) -> NDArray[np.bool_]:
        """Whether a setting has a place of service: a row a setting (``domain.visit.SETTINGS``), a column a place."""
        fits = np.zeros((len(SETTINGS), _PLACES), dtype=np.bool_)
        for setting, entry in self._data.files["cms/settings"]["settings"].items():
            fits[SETTINGS.index(setting), [int(place) for place in entry["places"]]] = True
        return fits

    def releases(self, table: str) -> tuple[Release, ...]:
        """The first releases of the official tables that are held: ``ptp``, ``mue`` or ``add-on`` (of all claims)."""
        match table:
            case "ptp":
                return tuple(self.pairs.releases.values())
            case "mue":
                return tuple(releases[0] for releases in self.unlikely.releases.values())
            case _:
                return (self.add_ons.release,)

    def first_releases(self, table: str) -> tuple[Release | None, ...]:
        """The same by place in ``EDIT_TABLES``, None where none is held. Medicaid's add-on codes are not."""
        match table:
            case "ptp":
                return tuple(self.pairs.releases.get(one) for one in EDIT_TABLES)
            case "mue":
                return tuple(self.unlikely.releases.get(one, (None,))[0] for one in EDIT_TABLES)
            case _:
                return tuple(self.add_ons.release if one in CLAIM_TYPES else None for one in EDIT_TABLES)

    def parameter(self, name: str) -> Parameter[Any]:
        """The parameter of a name such as ``cms/timed_units:minutes_per_unit``.

        Raises:
            UnknownName: if there is none, naming the nearest.

        """
        found = self._parameters.get(name)
        if found is None:
            file, _, key = name.partition(":")
            content = self._data.files.get(file)
            entries = content.get("parameters", {}) if isinstance(content, dict) else {}
            if key not in entries:
                raise UnknownName("parameter", name, self.parameter_names())
            found = self._parameters[name] = parameter(name, entries[key], self.sources)
        return found

    def parameter_names(self) -> list[str]:
        """The names of all parameters."""
        return [
            f"{file}:{key}"
            for file, content in self._data.files.items()
            if isinstance(content, dict) and "parameters" in content
            for key in content["parameters"]
        ]

    def official_tables(self) -> dict[str, dict[str, Any]]:
        """What is said of the built-in tables, by name: title, release, ``as_of``, source, evidence."""
        return {
            name: entry
            for file, content in self._data.files.items()
            if file.endswith("/tables")
            for name, entry in content.items()
        }

    @functools.cached_property
    def _built_in_as_of(self) -> dict[str, str]:
        return {name: str(entry["as_of"]) for name, entry in self.official_tables().items() if "as_of" in entry}

    def as_of(self) -> dict[str, str]:
        """The release date of every official table, as reports carry it; of an imported one the latest."""
        return self._built_in_as_of | {
            edition.table: str(edition.first) for edition in (self.held.editions if self.held else ())
        }


@functools.cache
def _built_in_data() -> DataFiles:
    return read()


@functools.cache
def _policy(store: Path | None, version_id: str | None) -> Policy:
    held = version(store, version_id) if store and version_id else None
    return Policy(_built_in_data(), held)


def _ask_everything(policy: Policy, payer: str, path: Path) -> None:
    """Ask for all that a clinic's own payer says, so that what is wrong in its file is told by any call."""
    try:
        for setting in (None, *SETTINGS):
            for day in policy.payers.turns(payer, setting):
                policy.payers.terms(payer, setting, day)
        policy.payers.exceptions(payer)
        policy.payers.notes_of(payer)
    except (BadPolicyData, UnknownName) as error:
        error.args = (f"{path}: {error}",)
        raise


def load(folders: Sequence[Path] = (), held: Version | None = None) -> Policy:
    """The built-in policy, a version of imported tables and the clinic's own folders of payers and parameters over it.

    Raises:
        BadPolicyData: for a data file that does not say what it must.
        UnknownName: for a term, source or payer named in a clinic's own file that there is not.

    """
    if folders:
        data = read(folders)
        own = look_over(folders, data)
        policy = Policy(data, held)
        for payer, path in own.items():
            _ask_everything(policy, payer, path)
        return policy
    return _policy(held.store, held.id) if held else _policy(None, None)
