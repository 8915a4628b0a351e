"""Names of the people of this instance, for studies that know them by their guid only."""

from .instance import Instance


def user_names(instance: Instance) -> dict[str, str]:
    """Map the guid of every account to its name."""
    db = instance.reader(instance.catalogue_path)
    return dict(db.execute("SELECT guid, name FROM user").fetchall())
