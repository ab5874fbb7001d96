"""A small neighbourhood that a citizen can ask about."""

from tests.db.small_world import WEST, door, parcel, publish, rectangle

EVERYWHERE = rectangle(-500, -500, 3000, 3000)


def publish_neighbourhood(database) -> None:
    """Two doors on one parcel that two zones share, its twin in number elsewhere, a flood area nobody has settled."""
    zone = {"plan_ref": "p1", "use_key": "residential_existing", "use_label": "Yerleşik konut alanı", "floors": 4}
    park = {"plan_ref": "p1", "use_key": "park", "use_label": "Park"}
    plan = {"ref": "p1", "plan_no": "35-1", "name": "Plan 1", "status": "in_force", "geom": EVERYWHERE}
    publish(
        database,
        WEST,
        {
            "parcels": [
                parcel("w-1", 0, 0, "7421", "5", cadastral_neighbourhood="Çınar"),
                parcel("w-2", 200, 0, "7421", "5", cadastral_neighbourhood="Ilıca"),
                parcel("w-3", 20, 0, "7421", "6", cadastral_neighbourhood="Çınar"),
            ],
            "plans": [plan],
            "zones": [
                {"ref": "z-1", "geom": rectangle(0, 0, 15, 20), **zone},
                {"ref": "z-2", "geom": rectangle(15, 0, 100, 20), **park},
            ],
            "addresses": [
                door("a-1", "Gül Sokak", "12", 5, 5, street_type="sokak", neighbourhood="Çınar", parcel_ref="w-1"),
                door("a-2", "Gül Sokak", "14", 25, 5, street_type="sokak", neighbourhood="Çınar", parcel_ref="w-3"),
            ],
            "coverage": [{"theme": "protected_site", "geom": EVERYWHERE}],
        },
    )
