package org.einloom.component.sram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The search against all organisations, costed one by one. */
class OrganisationSearchTest {

  @Test
  @DisplayName("what it finds is the best of all, and no bound exceeds what it bounds")
  void bestOfAll() {
    long seed = Long.getLong("einloom.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int i = 0; i < 40; i++) {
      long bits = 64L << random.nextInt(12);
      bits *= 8L + random.nextInt(8);
      int width = Math.min((int) (bits / 64), 4 + random.nextInt(100));
      Ports ports = new Ports(1, random.nextInt(2), random.nextInt(2));
      int banks = 1 << random.nextInt(3);
      SramFlavour flavour =
          random.nextBoolean() ? SramFlavour.LOW_STANDBY_POWER : SramFlavour.HIGH_PERFORMANCE;
      Node node = Node.of(flavour).get(random.nextInt(5));
      Macro macro = new Macro(node, ports, width, banks);
      List<OrganisationSearch.Choice> all = all(macro, bits, width);
      String which = "seed " + seed + ", case " + i + ": " + bits + " b, width " + width;

      double leastPj = all.stream().mapToDouble(c -> c.figures().readPj()).min().orElseThrow();
      double leastNs = all.stream().mapToDouble(c -> c.figures().accessNs()).min().orElseThrow();
      OrganisationSearch.Choice best =
          all.stream()
              .filter(
                  c ->
                      c.figures().readPj() <= 1.5 * leastPj
                          || c.figures().accessNs() <= 1.5 * leastNs)
              .min(Comparator.comparingDouble(c -> objective(c.figures())))
              .orElseThrow();
      OrganisationSearch.Choice found =
          OrganisationSearch.best(macro, bits, width, OrganisationSearch.LEAST_ROWS).orElseThrow();
      assertThat(found.figures()).as(which).isEqualTo(best.figures());
    }
  }

  private static double objective(SramFigures f) {
    return f.accessNs() * f.accessNs() * f.readPj();
  }

  /** Every organisation by the rules of CACTI, written down anew. */
  private static List<OrganisationSearch.Choice> all(Macro macro, long bits, int width) {
    List<OrganisationSearch.Choice> all = new ArrayList<>();
    for (int ndwl = 2; ndwl <= 512; ndwl *= 2) {
      for (int ndbl = 2; ndbl <= 512; ndbl *= 2) {
        for (int nspd = 1; nspd <= 256; nspd *= 2) {
          long rows = (long) Math.ceil((double) bits / width / ndbl / nspd);
          long columns = (long) Math.ceil((double) width * nspd / ndwl);
          if (rows >= 16 && columns >= 2) {
            all(all, macro, width, ndwl, ndbl, nspd, rows, columns);
          }
        }
      }
    }
    return all;
  }

  private static void all(
      List<OrganisationSearch.Choice> all,
      Macro macro,
      int width,
      int ndwl,
      int ndbl,
      int nspd,
      long rows,
      long columns) {
    Sides.Rows r = macro.rows(rows);
    Sides.Columns c = macro.columns(columns);
    for (int ndcm = 1; ndcm <= 256; ndcm *= 2) {
      for (int ndsam1 = 1; ndsam1 <= 256; ndsam1 *= 2) {
        for (int ndsam2 = 1; ndsam2 <= 256; ndsam2 *= 2) {
          long matBits = 4 * columns / ((long) ndcm * ndsam1 * ndsam2);
          long active = matBits < 4 ? 0 : width / matBits;
          if (active < 1 || active > ndwl / 2 || active * matBits != width) {
            continue;
          }
          var o =
              new SramOrganisation(
                  ndwl, ndbl, nspd, ndcm, ndsam1, ndsam2, rows, columns, matBits, (int) active);
          SramFigures figures = macro.figures(r, c, o);
          all.add(new OrganisationSearch.Choice(o, figures));
          var merged =
              new SramOrganisation(
                  ndwl,
                  ndbl,
                  nspd,
                  ndcm * ndsam1 * ndsam2,
                  1,
                  1,
                  rows,
                  columns,
                  matBits,
                  (int) active);
          Macro.Cost bound = macro.bound(r, c, merged);
          assertThat(bound.pj()).isLessThanOrEqualTo(figures.readPj() * (1 + 1e-12));
          assertThat(bound.ns()).isLessThanOrEqualTo(figures.accessNs() * (1 + 1e-12));
          assertThat(macro.objectiveAtLeast(bound, c, o))
              .isLessThanOrEqualTo(objective(figures) * (1 + 1e-12));
        }
      }
    }
  }
}
