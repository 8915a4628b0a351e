"""The text of the R code, with names between two @ where the study's own values go."""

CODE = r"""# @title@
# Reads the answers from @file@ (one row a respondent: not for release).
# Packages: estimatr, MASS@more_packages@.
library(estimatr)

d <- read.csv(@quoted_file@, na.strings = "", check.names = FALSE, fileEncoding = "UTF-8")
arms <- @arms@
w <- setNames(@weights@, arms)              # what the contrast weighs each arm by
covariates <- @covariates@
strata <- @strata@
cluster <- @cluster@                        # NULL: respondents were allocated one by one
weight <- @weight@
if (@leave_out@) d <- d[!(d$group_member %in% 1), ]   # sat in a focus group: left out as planned
d$y <- d[[@column@]]
d$area <- as.character(d$area)
d$arm <- factor(as.character(d$arm), levels = arms)
d <- d[!is.na(d$area) & !is.na(d$arm), ]
d$block <- do.call(paste, c(lapply(c("area", strata), function(n) d[[n]]), sep = " / "))
used <- arms[w != 0]
silent <- @silent@   # allocated and in no row: bounds take their answers as missing

# A contrast of the coefficients of X. The basis is turned so that the contrast, the sum of L times
# the coefficients, is the first one: lm_robust then gives its error, df and interval.
turned <- function(y, X, L, clusters = NULL) {
  Z <- X %*% solve(rbind(L, t(MASS::Null(matrix(L, ncol = 1)))))
  colnames(Z) <- paste0("z", seq_len(ncol(Z)))
  data <- data.frame(y = y, Z)
  f <- reformulate(colnames(Z), "y", intercept = FALSE)
  if (is.null(clusters)) fit <- lm_robust(f, data = data, se_type = "HC2")
  else { data$g <- clusters; fit <- lm_robust(f, data = data, clusters = g, se_type = "CR2") }
  tidy(fit)[1, c("estimate", "std.error", "df", "conf.low", "conf.high", "p.value")]
}

# One mean per block and arm, and with covariates (centred in the block, Lin 2013) their slopes.
effect <- function(d, x = NULL, clusters = NULL) {
  there <- !is.na(d$y)
  if (!is.null(x)) there <- there & complete.cases(x)
  least <- if (is.null(x)) 2 else 3 * (ncol(x) + 1)
  n <- table(d$block[there], d$arm[there])
  kept <- rownames(n)[apply(n[, used, drop = FALSE] >= least, 1, all)]
  if (!length(kept)) return("an arm has too few answers")
  if (!is.null(x)) {   # nor blocks where in an arm the covariates depend on each other
    kept <- Filter(function(b) all(sapply(used, function(a) {
      i <- there & d$block == b & d$arm == a
      qr(cbind(1, x[i, , drop = FALSE]))$rank == ncol(x) + 1
    })), kept)
    if (!length(kept)) return("in an arm the covariates depend on each other")
  }
  there <- there & d$block %in% kept
  share <- prop.table(table(d$block[there]))
  if (!is.null(x)) {
    for (b in kept) {
      i <- there & d$block == b
      x[i, ] <- sweep(x[i, , drop = FALSE], 2, colMeans(x[i, , drop = FALSE]))
    }
    there <- there & d$arm %in% used
  }
  alone <- names(which(table(paste(d$block, d$arm)[there]) == 1))   # HC2 has no value for these,
  there <- there & !(paste(d$block, d$arm) %in% alone)              # and none is compared
  cell <- factor(paste(d$block[there], d$arm[there], sep = " | "))
  first <- match(levels(cell), cell)
  b <- d$block[there][first]; a <- as.character(d$arm[there][first])
  L <- as.numeric(share[b]) * w[a]
  X <- sapply(levels(cell), function(one) as.numeric(cell == one))
  if (!is.null(x)) for (k in seq_len(ncol(x))) X <- cbind(X, X[, seq_along(L)] * x[there, k])
  y <- d$y[there]
  found <- turned(y, X, c(L, rep(0, ncol(X) - length(L))), if (!is.null(clusters)) clusters[there])
  smallest <- min(colSums(n[kept, used, drop = FALSE]))
  if (is.null(x) && is.null(clusters) && smallest < 20) {  # Satterthwaite, as the page has it
    part <- L^2 * tapply(y, cell, var) / tapply(y, cell, length)
    part[L == 0] <- 0
    found$df <- sum(part)^2 / sum((part^2 / (tapply(y, cell, length) - 1))[L != 0])
    found$conf.low <- found$estimate - qt(.975, found$df) * found$std.error
    found$conf.high <- found$estimate + qt(.975, found$df) * found$std.error
    found$p.value <- 2 * pt(-abs(found$estimate / found$std.error), found$df)
  }
  found
}

numbers <- function(d) {   # covariates as numbers; of text, all values but the commonest
  columns <- lapply(covariates, function(name) {
    v <- d[[name]]
    if (is.numeric(v)) return(matrix(v, ncol = 1))
    times <- table(v)
    levels <- names(times)[order(-times, names(times), method = "radix")][-1]
    sapply(levels, function(one) as.numeric(v == one))
  })
  do.call(cbind, columns)
}

weighted <- function(d) {   # linearised, the block a stratum
  library(survey)
  d <- d[!is.na(d[[weight]]) & d[[weight]] > 0, ]
  d$wt <- d[[weight]]
  d$unit <- if (is.null(cluster)) seq_len(nrow(d)) else d[[cluster]]
  there <- !is.na(d$y)
  n <- table(d$area[there], d$arm[there])
  kept <- rownames(n)[apply(n[, used, drop = FALSE] >= 2, 1, all)]
  d <- d[d$area %in% kept, ]
  d$cell <- factor(paste(d$area, d$arm, sep = " | "))
  by <- if (length(unique(d$area)) == 1) NULL else ~area
  s <- svydesign(ids = ~unit, strata = by, weights = ~wt, data = d, nest = TRUE)
  fit <- svyglm(y ~ 0 + cell, design = s)
  there <- !is.na(d$y)
  share <- prop.table(tapply(d$wt[there], d$area[there], sum))
  first <- match(levels(d$cell), d$cell)
  L <- as.numeric(share[d$area[first]]) * w[as.character(d$arm[first])]
  svycontrast(fit, setNames(L, names(coef(fit))))
}

bounds <- function(d, limits) {   # Manski
  both <- sapply(limits, function(end) {
    y <- ifelse(is.na(d$y), end, d$y)
    m <- tapply(y, list(d$block, d$arm), mean)
    other <- tapply(ifelse(is.na(d$y), sum(limits) - end, d$y), list(d$block, d$arm), mean)
    by_block <- rowSums(sweep(m[, used, drop = FALSE], 2, pmax(w[used], 0), "*")) +
      rowSums(sweep(other[, used, drop = FALSE], 2, pmin(w[used], 0), "*"))
    n <- table(d$block)[rownames(m)]
    weighted.mean(by_block[!is.na(by_block)], n[!is.na(by_block)])
  })
  setNames(both, c("lower", "upper"))
}

everybody <- function(d) {
  if (is.null(silent)) return(d)
  s <- silent[silent$area %in% d$area, ]
  s <- s[rep(seq_len(nrow(s)), s$people), ]
  s$arm <- factor(s$arm, levels = arms)
  s$y <- rep(NA_real_, nrow(s))
  both <- c("area", "arm", "block", "y")
  rbind(d[, both], s[, both])
}

odds <- function(d) {   # cumulative logit, a fixed effect a block, and its LR test
  library(ordinal)
  d <- d[!is.na(d$y), ]
  d$answer <- ordered(d$y); d$arm <- droplevels(d$arm)
  several <- length(unique(d$block)) > 1
  fit <- if (several) clm(answer ~ arm + block, data = d) else clm(answer ~ arm, data = d)
  terms <- paste0("arm", arms[-1])
  L <- w[-1]
  estimate <- sum(L * coef(fit)[terms])
  error <- sqrt(drop(t(L) %*% vcov(fit)[terms, terms] %*% L))
  print(nominal_test(fit))
  c(estimate = estimate, std.error = error, p.value = 2 * pnorm(-abs(estimate / error)))
}

permuted <- function(d, draws = @draws@, seed = @seed@) {   # studentised, arms drawn within blocks
  d <- d[order(d$block), ]
  n <- table(d$block, d$arm)
  t_of <- function(arm) {
    m <- tapply(d$y, list(d$block, arm), mean, na.rm = TRUE)
    v <- tapply(d$y, list(d$block, arm), var, na.rm = TRUE)
    k <- tapply(!is.na(d$y), list(d$block, arm), sum)
    ok <- apply(k[, used, drop = FALSE] >= 2, 1, all)
    share <- rowSums(k[ok, , drop = FALSE], na.rm = TRUE)
    share <- share / sum(share)
    e <- sum(share * (m[ok, used, drop = FALSE] %*% w[used]))
    e / sqrt(sum(share^2 * ((v / k)[ok, used, drop = FALSE] %*% w[used]^2)))
  }
  set.seed(seed)
  observed <- abs(t_of(d$arm))
  shuffled <- function(arm) arm[sample.int(length(arm))]
  again <- function() unlist(tapply(as.character(d$arm), d$block, shuffled))
  drawn <- replicate(draws, abs(t_of(factor(again(), levels = arms))))
  (1 + sum(drawn >= observed - 1e-9)) / (draws + 1)
}

places <- split(d, d$area)
if (length(places) > 1) places$pooled <- d
for (place in names(places)) {
  p <- places[[place]]
  cat("\n##", place, "\n")
  cat("difference in means, HC2\n"); print(effect(p))
  if (!is.null(cluster)) { cat("CR2\n"); print(effect(p, clusters = p[[cluster]])) }
  clusters <- if (!is.null(cluster)) p[[cluster]]
  if (length(covariates)) { cat("Lin\n"); print(effect(p, numbers(p), clusters)) }
  if (!is.null(weight)) { cat("weighted\n"); print(weighted(p)) }
@calls@
}
# Where clusters were allocated, they are what must be drawn again (randomizr, ri2).
if (is.null(cluster)) { cat("\n## randomisation inference, pooled (slow)\n"); print(permuted(d)) }
"""
