"""Effects: a contrast of an outcome by area and pooled, as picture, table and files."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from linkage import areas

from ..current import study
from ..display import outcome_name
from ..downloads import attachment, csv_file
from ..errors import BAD_INPUT
from ..svg import Drawing

pages = Blueprint("effects", __name__, url_prefix="/studies/<study_key>/effects")
KINDS = {"svg": "image/svg+xml", "png": "image/png"}


@pages.get("/")
def index() -> ResponseReturnValue:
    answered = _answered()
    if not answered:
        return render_template("effects/index.html", answered=[])
    try:
        view = _view(answered)
    except BAD_INPUT as error:
        return render_template("effects/index.html", answered=[], error=error), 400
    return render_template("effects/index.html", answered=answered, **view)


def _answered() -> list[dict[str, Any]]:
    from analysis.responses import find_import

    db = study().db
    return [wave for wave in areas.waves(db) if find_import(db, wave["id"])]


def _view(answered: list[dict[str, Any]]) -> dict[str, Any]:
    """Choose wave, outcome and contrast, the first of each where not said; estimate and draw."""
    from linkage.survey import effects

    db = study().db
    keys = [wave["key"] for wave in answered]
    asked = request.args.get("wave") or keys[-1]
    wave = areas.find_wave(db, asked)
    frame = effects(db, wave["key"])
    outcomes = frame.drop_duplicates("outcome")[["outcome", "measure", "issue", "scale"]].copy()
    issues = {row["key"]: row["name"] for row in areas.issues(db)}
    outcomes["name"] = [
        outcome_name(measure, issues.get(issue, issue))
        for measure, issue in zip(outcomes["measure"], outcomes["issue"], strict=True)
    ]
    chosen = _pick(request.args.get("outcome"), list(outcomes["outcome"]))
    contrasts = list(dict.fromkeys(frame["contrast"]))
    contrast = _pick(request.args.get("contrast"), contrasts)
    rows = frame[(frame["outcome"] == chosen) & (frame["contrast"] == contrast)].copy()
    names = {row["key"]: row["name"] for row in areas.areas(db)}
    rows["label"] = [names.get(key, key.capitalize()) for key in rows["area"]]
    arms = [name[2:] for name in frame.columns if name.startswith("n_")]
    rows["n"] = rows[[f"n_{arm}" for arm in arms]].sum(axis=1)
    return {
        "wave": wave,
        "outcomes": outcomes.to_dict("records"),
        "chosen": outcomes[outcomes["outcome"] == chosen].iloc[0].to_dict(),
        "contrasts": contrasts,
        "contrast": contrast,
        "arms": arms,
        "rows": rows.to_dict("records"),
        "shown": rows,
        "charts": _charts(rows, wave["key"], chosen),
        "including_zero": int(((rows["ci_low"] < 0) & (rows["ci_high"] > 0)).sum()),
        "tests": len(outcomes),
    }


def _pick(wanted: str | None, known: list[str]) -> str:
    from coding.errors import BadInput

    if wanted and wanted not in known:
        raise BadInput(f"“{wanted[:80]}” is not among the results; there are: {', '.join(known)}.")
    return wanted or known[0]


def _charts(rows: Any, wave: str, outcome: str) -> dict[str, Drawing]:
    from linkage.charts import effects_chart

    if rows["estimate"].isna().all():
        return {}
    linked = rows.assign(
        href=[
            url_for("responses.table", wave=wave, outcome=outcome, area=area)
            if area != "pooled"
            else url_for("responses.table", wave=wave, outcome=outcome)
            for area in rows["area"]
        ]
    )
    title = _unit(rows.iloc[0]["scale"])
    return {
        "wide": Drawing(effects_chart(linked, width=760, axis_title=title)),
        "narrow": Drawing(effects_chart(linked, width=340, axis_title=title)),
    }


def _unit(scale: str) -> str:
    return {
        "binary": "difference in share",
        "hours": "difference in hours",
        "ordinal": "difference in scale points",
    }.get(scale, "difference")


@pages.get("/effects.<any(csv, svg, png):form>")
def download(form: str) -> ResponseReturnValue:
    """Give the view's table, or its picture with title."""
    from linkage.charts import download as draw

    view = _view(_answered())
    name = f"{study().key}-wave-{view['wave']['key']}-{view['chosen']['outcome']}.{form}"
    if form == "csv":
        return csv_file(view["shown"].drop(columns=["label", "n"]).to_dict("records"), name)
    title = f"{view['chosen']['name']}: {view['contrast']} ({view['wave']['name']})"
    unit = _unit(view["chosen"]["scale"])
    return attachment(draw(view["shown"], form, axis_title=unit, title=title), KINDS[form], name)
