package org.einloom.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.einloom.network.Fusion;
import org.einloom.network.NetworkResult;

/** What it could save to keep intermediate tensors on the chip, for people. */
final class FusionText {
  private static final double PJ = 1e-12;

  private FusionText() {}

  /** One line; none where it is not known or there is no intermediate tensor. */
  static List<String> lines(NetworkResult result) {
    return result.fusion().filter(f -> f.tensors() > 0).map(f -> line(result, f)).stream().toList();
  }

  private static String line(NetworkResult result, Fusion f) {
    double traffic = result.outermost().bits();
    return String.format(
        Locale.ROOT,
        "fusion: keeping %s on the chip can save at most %s of %s traffic (%s) and %s there; %s",
        f.tensors() == 1 ? "the intermediate tensor" : f.tensors() + " intermediate tensors",
        Si.of(f.outermostBits() / Byte.SIZE, "B"),
        result.outermost().memory(),
        Si.percent(traffic > 0 ? f.outermostBits() / traffic : 0),
        Si.of(f.outermostEnergyPj() * PJ, "J"),
        kept(f));
  }

  private static String kept(Fusion f) {
    Optional<Fusion.Kept> best =
        f.kept().stream()
            .filter(k -> !k.layers().isEmpty())
            .max(Comparator.comparingDouble(Fusion.Kept::energyPj));
    if (best.isEmpty()) {
      return "with these mappings none can lie as a whole in one memory from the layer that makes it"
          + " to the last that reads it";
    }
    Fusion.Kept k = best.get();
    return String.format(
        Locale.ROOT,
        "%s has room for %d beside the layers, which saves %s of it, and in the whole design %s and %s",
        k.memory(),
        k.layers().size(),
        Si.of(k.outermostBits() / Byte.SIZE, "B"),
        Si.of(k.energyPj() * PJ, "J"),
        Si.of(k.latencyS(), "s"));
  }
}
