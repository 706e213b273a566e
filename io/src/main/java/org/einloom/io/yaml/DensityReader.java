package org.einloom.io.yaml;

import static org.einloom.schema.Keys.may;
import static org.einloom.schema.Keys.must;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.einloom.density.ActualDensity;
import org.einloom.density.BandedDensity;
import org.einloom.density.BlockDensity;
import org.einloom.density.Density;
import org.einloom.density.PowerLawDensity;
import org.einloom.density.StructuredDensity;
import org.einloom.density.UniformDensity;
import org.einloom.io.density.TensorFiles;
import org.einloom.io.input.Source;
import org.einloom.io.input.Words;
import org.einloom.schema.Keys;

/** Reads densities. */
final class DensityReader {
  static final Keys KEYS =
      Keys.of(
          may("uniform", "share", "Share of occupied words, anywhere"),
          may("structured", "structured", "So many in each group along a rank: 2:4"),
          may("banded", "banded", "Around the diagonal of the last two ranks"),
          may("blocks", "blocks", "Full and empty blocks"),
          may("power_law", "power_law", "Rows that fall by a power law"),
          may("file", "name", "A tensor: .mtx or .npy, at or below this folder"));
  static final Keys STRUCTURED =
      Keys.of(
          must("occupied", "positive", "Occupied words of a group"),
          must("group", "positive", "Words of a group"),
          must("rank", "rank_number", "Along which rank groups lie, 0 the outermost"));
  static final Keys BANDED =
      Keys.of(
          must("below", "rank_number", "Diagonals below the main one"),
          must("above", "rank_number", "Diagonals above it"),
          may("share", "share", "Of the band that is occupied; left out: all"));
  static final Keys BLOCKS =
      Keys.of(
          must("extents", "shape", "Of a block, by rank"),
          must("share", "share", "Of the blocks that are full"));
  static final Keys POWER_LAW =
      Keys.of(
          must("exponent", "exponent", "Row i has about 1 / i^exponent of what the first has"),
          must("share", "share", "Of occupied words"));
  private static final long MOST = Long.MAX_VALUE;

  private DensityReader() {}

  /** The density of a tensor of that shape. */
  static Density read(YamlNode node, List<Long> shape, Source source) {
    Fields fields = Fields.of(node, "a density", KEYS);
    if (fields.keys().size() != 1) {
      throw node.at()
          .error(
              "a density has " + fields.keys().size() + " keys",
              "expected one: " + String.join(", ", KEYS.names()));
    }
    String kind = fields.keys().getFirst();
    YamlNode value = fields.required(kind, "uniform: 0.5");
    return switch (kind) {
      case "uniform" -> {
        double share = Shares.read(value, kind);
        yield value.at().locate(() -> UniformDensity.ofShare(shape, share));
      }
      case "structured" -> {
        Fields f = Fields.of(value, "'structured'", STRUCTURED);
        int rank = (int) whole(f, "rank", 0, 100);
        long occupied = whole(f, "occupied", 1, MOST);
        long group = whole(f, "group", 1, MOST);
        yield value.at().locate(() -> new StructuredDensity(shape, rank, occupied, group));
      }
      case "banded" -> {
        Fields f = Fields.of(value, "'banded'", BANDED);
        long below = whole(f, "below", 0, MOST / 4);
        long above = whole(f, "above", 0, MOST / 4);
        double share = f.optional("share").map(n -> Shares.read(n, "share")).orElse(1.0);
        yield value.at().locate(() -> BandedDensity.ofShare(shape, below, above, share));
      }
      case "blocks" -> {
        Fields f = Fields.of(value, "'blocks'", BLOCKS);
        var extents = new ArrayList<Long>();
        for (YamlNode n :
            Values.list(f.required("extents", "extents: [2, 2]"), "extents", "expected a list")) {
          extents.add(Values.integer(n, "extents", 1, MOST));
        }
        double share = Shares.read(f.required("share", "share: 0.5"), "share");
        yield value.at().locate(() -> BlockDensity.ofShare(shape, extents, share));
      }
      case "power_law" -> {
        Fields f = Fields.of(value, "'power_law'", POWER_LAW);
        double exponent = exponent(f.required("exponent", "exponent: 1.5"));
        double share = Shares.read(f.required("share", "share: 0.5"), "share");
        yield value.at().locate(() -> PowerLawDensity.ofShare(shape, exponent, share));
      }
      default -> file(value, shape, source);
    };
  }

  private static Density file(YamlNode value, List<Long> shape, Source source) {
    String name = Values.name(value, "file");
    var density = new ActualDensity(TensorFiles.read(source, name, value.at()), name);
    if (!density.shape().equals(shape)) {
      throw value
          .at()
          .error(
              Words.quote(name) + " holds a tensor of shape " + density.shape(),
              "expected one of shape " + shape);
    }
    return density;
  }

  private static long whole(Fields fields, String key, long least, long most) {
    return Values.integer(fields.required(key, key + ": 1"), key, least, most);
  }

  private static double exponent(YamlNode node) {
    String expected = "expected a number from 0 to 100";
    String text = Values.scalar(node, "exponent", expected).value().strip();
    if (!text.matches("\\d{1,9}(\\.\\d{0,9})?") || new BigDecimal(text).intValue() > 100) {
      throw node.at().error("'exponent' is " + Words.quote(text), expected);
    }
    return Double.parseDouble(text);
  }
}
