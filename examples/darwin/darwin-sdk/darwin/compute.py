"""Clusters."""


def create_cluster(name, nodes=1):
    """Asks the compute service for a cluster of Ray nodes."""
    return {"name": name, "nodes": nodes}
