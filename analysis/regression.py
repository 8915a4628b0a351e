"""Least squares with errors robust to unequal variances (HC0, HC2) or to clusters (CR2)."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .arms import Counts, Floats

ZERO = 1e-9  # below this an eigenvalue of I − H is a direction the model fits perfectly


@dataclass(frozen=True)
class Fit:
    """A least-squares fit of N rows on k columns.

    Attributes
    ----------
    q : array (N, k)
        Orthonormal columns, whose products are the hat matrix.
    r : array (k, k)
    beta : array (k,)
    residuals, leverage : array (N,)
    """

    q: Floats
    r: Floats
    beta: Floats
    residuals: Floats
    leverage: Floats

    def row_weights(self, contrast: Floats) -> Floats:
        """What each row's answer weighs in Σ contrast·beta: (N,)."""
        weights: Floats = self.q @ np.linalg.solve(self.r.T, contrast)
        return weights


def least_squares(x: Floats, y: Floats) -> Fit | None:
    """Fit y (N,) on x (N, k); None where the columns depend on each other."""
    scale = np.sqrt((x**2).sum(axis=0))
    if not scale.all() or len(x) < x.shape[1]:
        return None
    q, r = np.linalg.qr(x)
    if (np.abs(np.diag(r)) < 1e-10 * scale).any():
        return None
    beta = np.linalg.solve(r, q.T @ y)
    return Fit(q, r, beta, y - x @ beta, (q**2).sum(axis=1))


def hc_error(fit: Fit, contrast: Floats, kind: str = "HC2") -> float:
    """Standard error of Σ contrast·beta, HC2 or HC0 (MacKinnon and White 1985)."""
    squares = (fit.row_weights(contrast) * fit.residuals) ** 2
    if kind == "HC0":
        return float(np.sqrt(squares.sum()))
    free = 1 - fit.leverage
    perfect = free < ZERO  # such a row has no residual, so nothing of it is lost
    return float(np.sqrt((squares / np.where(perfect, 1, free))[~perfect].sum()))


def cr2_error(fit: Fit, contrast: Floats, clusters: Counts) -> tuple[float, float]:
    """Standard error and Satterthwaite degrees of freedom of Σ contrast·beta.

    Parameters
    ----------
    clusters : array (N,)
        Codes.

    Notes
    -----
    Bell and McCaffrey (2002) with an identity working model, as R's estimatr: residuals of
    cluster g are weighed by A = (I − H_gg)^(−1/2). With u_g = A·L_g, L what rows weigh, the
    variance is Σ(u_g·e_g)², and its degrees of freedom tr(Ω)²/tr(Ω²), Ω_gh = u_g·(I − H)_gh·u_h.
    Clusters of one size are handled together.
    """
    weights = fit.row_weights(contrast)
    scores, own, projected = [], [], []
    for rows in _by_size(clusters):
        q = fit.q[rows]
        values, vectors = np.linalg.eigh(np.eye(rows.shape[1]) - q @ q.transpose(0, 2, 1))
        root = np.where(values > ZERO, 1 / np.sqrt(np.where(values > ZERO, values, 1)), 0)
        turned = np.einsum("gij,gi->gj", vectors, weights[rows]) * root
        u = np.einsum("gij,gj->gi", vectors, turned)
        scores.append((u * fit.residuals[rows]).sum(axis=1))
        own.append((u**2).sum(axis=1))
        projected.append(np.einsum("gik,gi->gk", q, u))
    d, b = np.concatenate(own), np.concatenate(projected)
    inner = (b**2).sum(axis=1)
    squares = (d**2).sum() - 2 * (d * inner).sum() + ((b.T @ b) ** 2).sum()
    error = float(np.sqrt((np.concatenate(scores) ** 2).sum()))
    return error, float((d - inner).sum() ** 2 / squares) if squares > 0 else np.nan


def _by_size(clusters: Counts) -> Iterator[Counts]:
    """The rows of all clusters of one size: (clusters, size), size by size."""
    codes, sizes = np.unique(clusters, return_inverse=True, return_counts=True)[1:]
    order = np.argsort(codes, kind="stable")
    starts = np.cumsum(sizes) - sizes
    for size in np.unique(sizes):
        yield order[starts[sizes == size][:, None] + np.arange(size)]
