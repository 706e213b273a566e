package org.einloom.component.sram;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds the organisation that CACTI chooses: of all powers of two for the six parameters of {@link
 * SramOrganisation}, without those more than half worse than the best both in access time and in
 * read energy, the one with the least energy times square of time (CACTI 7 with {@code ED^2} as its
 * objective).
 *
 * <p>Organisations that differ only in how their columns share outputs form a {@link Group} with
 * one lower bound of energy and time. Groups are costed by rising bound, until the bound exceeds
 * what was found.
 */
final class OrganisationSearch {
  /** The least rows of a sub-array that CACTI's row decoder can be built for. */
  static final int LEAST_ROWS = 16;

  /** The least bits that a mat delivers: one of each sub-array. */
  static final int LEAST_BITS = 4;

  private static final int LEAST_COLUMNS = 2;
  private static final int MOST_SUB_ARRAYS = 512;
  private static final int MOST_WAYS = 256;
  private static final double TOLERATED = 1.5;

  private final Macro macro;
  private final long bankBits;
  private final int widthBits;
  private final List<Group> groups = new ArrayList<>();

  private OrganisationSearch(Macro macro, long bankBits, int widthBits, int leastRows) {
    this.macro = macro;
    this.bankBits = bankBits;
    this.widthBits = widthBits;
    collect(leastRows);
    groups.sort(Comparator.comparingDouble(g -> g.bound().objective()));
  }

  /** An organisation and what it costs. */
  record Choice(SramOrganisation organisation, SramFigures figures) {}

  /** Organisations that share everything but how columns share an output. */
  private record Group(
      Sides.Rows rows, Sides.Columns columns, SramOrganisation first, Macro.Cost bound) {}

  /**
   * The choice among sub-arrays of at least so many rows; empty where there is none.
   *
   * @param bankBits size of a bank
   * @param widthBits of an access
   */
  static Optional<Choice> best(Macro macro, long bankBits, int widthBits, int leastRows) {
    OrganisationSearch search = new OrganisationSearch(macro, bankBits, widthBits, leastRows);
    return search.groups.isEmpty() ? Optional.empty() : Optional.of(search.run());
  }

  private void collect(int leastRows) {
    Sides.@Nullable Rows[] rowsOf = new Sides.Rows[Long.SIZE];
    for (int nspd = 1; nspd <= MOST_WAYS; nspd *= 2) {
      for (int ndwl = 2; ndwl <= MOST_SUB_ARRAYS; ndwl *= 2) {
        long count = Math.ceilDiv((long) widthBits * nspd, ndwl);
        if (count < LEAST_COLUMNS) {
          break;
        }
        Sides.Columns columns = macro.columns(count);
        for (int ndbl = 2; ndbl <= MOST_SUB_ARRAYS; ndbl *= 2) {
          long parts = (long) ndbl * nspd;
          long high = Math.ceilDiv(bankBits, widthBits * parts);
          if (high < leastRows) {
            break;
          }
          int index = Long.numberOfTrailingZeros(parts);
          Sides.Rows rows = rowsOf[index];
          if (rows == null) {
            rows = macro.rows(high);
            rowsOf[index] = rows;
          }
          collect(rows, columns, ndwl, ndbl, nspd);
        }
      }
    }
  }

  private void collect(Sides.Rows rows, Sides.Columns columns, int ndwl, int ndbl, int nspd) {
    long outputs = 4 * (long) columns.count();
    for (int perOutput = 1; outputs / perOutput >= LEAST_BITS; perOutput *= 2) {
      long matBits = outputs / perOutput;
      long active = widthBits / matBits;
      if (active > ndwl / 2) {
        break;
      }
      // CACTI takes mats whose bits do not add up to the word as well; they are no organisation of
      // it
      if (active * matBits == widthBits) {
        SramOrganisation first =
            new SramOrganisation(
                ndwl,
                ndbl,
                nspd,
                perOutput,
                1,
                1,
                (long) rows.count(),
                (long) columns.count(),
                matBits,
                (int) active);
        groups.add(new Group(rows, columns, first, macro.bound(rows, columns, first)));
      }
    }
  }

  private Choice run() {
    Found best = cheapest(c -> true);
    double pj = best.cost().pj() / TOLERATED;
    double ns = best.cost().ns() / TOLERATED;
    // the filter seldom bites: only then are the least energy and time needed
    if (any(Macro.Cost::pj, pj) && any(Macro.Cost::ns, ns)) {
      double leastPj = least(Macro.Cost::pj) * TOLERATED;
      double leastNs = least(Macro.Cost::ns) * TOLERATED;
      best = cheapest(c -> c.pj() <= leastPj || c.ns() <= leastNs);
    }
    SramOrganisation o = best.organisation();
    return new Choice(o, macro.figures(best.group().rows(), best.group().columns(), o));
  }

  private record Found(Group group, SramOrganisation organisation, Macro.Cost cost) {}

  private Found cheapest(Predicate<Macro.Cost> allowed) {
    Found best = null;
    double objective = Double.POSITIVE_INFINITY;
    for (Group group : groups) {
      if (group.bound().objective() >= objective) {
        break;
      }
      for (SramOrganisation o : members(group)) {
        if (macro.objectiveAtLeast(group.bound(), group.columns(), o) < objective) {
          Macro.Cost cost = macro.cost(group.rows(), group.columns(), o);
          if (cost.objective() < objective && allowed.test(cost)) {
            best = new Found(group, o, cost);
            objective = cost.objective();
          }
        }
      }
    }
    if (best == null) {
      throw new IllegalStateException("no organisation passes its own filter");
    }
    return best;
  }

  /** Whether some organisation has less of it. */
  private boolean any(ToDoubleFunction<Macro.Cost> of, double limit) {
    for (Group g : groups) {
      if (of.applyAsDouble(g.bound()) < limit) {
        for (SramOrganisation o : members(g)) {
          if (of.applyAsDouble(macro.cost(g.rows(), g.columns(), o)) < limit) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private double least(ToDoubleFunction<Macro.Cost> of) {
    double least = Double.POSITIVE_INFINITY;
    for (Group g : groups) {
      if (of.applyAsDouble(g.bound()) < least) {
        for (SramOrganisation o : members(g)) {
          least = Math.min(least, of.applyAsDouble(macro.cost(g.rows(), g.columns(), o)));
        }
      }
    }
    return least;
  }

  /** Every way to divide the sharing of an output among the three multiplexers. */
  private static List<SramOrganisation> members(Group group) {
    SramOrganisation f = group.first();
    int perOutput = f.ndcm();
    List<SramOrganisation> members = new ArrayList<>();
    for (int ndcm = 1; ndcm <= Math.min(perOutput, MOST_WAYS); ndcm *= 2) {
      int rest = perOutput / ndcm;
      for (int ndsam1 = 1; ndsam1 <= Math.min(rest, MOST_WAYS); ndsam1 *= 2) {
        int ndsam2 = rest / ndsam1;
        if (ndsam2 <= MOST_WAYS) {
          members.add(
              new SramOrganisation(
                  f.ndwl(),
                  f.ndbl(),
                  f.nspd(),
                  ndcm,
                  ndsam1,
                  ndsam2,
                  f.rows(),
                  f.columns(),
                  f.matBits(),
                  f.activeMats()));
        }
      }
    }
    return members;
  }
}
