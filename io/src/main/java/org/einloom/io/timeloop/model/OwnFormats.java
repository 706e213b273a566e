package org.einloom.io.timeloop.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.einloom.evaluation.timeloop.sparse.RankFormat.Kind;
import org.einloom.evaluation.timeloop.sparse.RankLoops;
import org.einloom.evaluation.timeloop.sparse.RankLoops.Rank;
import org.einloom.evaluation.timeloop.sparse.SparseNest;
import org.einloom.format.RankFormat;
import org.einloom.format.TensorFormat;
import org.einloom.format.TreeLevel;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.TensorAccess;

/**
 * Timeloop's formats, whose ranks are loops, as fibertrees, whose levels are ranks of the tensor: a
 * rank over the outer of two loops of one dimension has blocks of what the inner one covers.
 *
 * <p>Entries of coordinates have their payloads beside them; bits and runs have none here, because
 * where their fibers begin follows from them. The innermost payloads are the words themselves.
 */
final class OwnFormats {
  private final TensorAccess tensor;
  private final RankLoops.Ranks source;
  private final List<Rank> ranks;

  /** Values that are still to be cut, by dimension. */
  private final Map<String, Long> left = new HashMap<>();

  private OwnFormats(TensorAccess tensor, RankLoops.Ranks source) {
    this.tensor = tensor;
    this.source = source;
    ranks = source.ranks();
    for (Rank r : ranks) {
      for (SparseNest.Loop l : r.loops()) {
        left.merge(l.dimension(), l.count(), Math::multiplyExact);
      }
    }
  }

  /**
   * The same format.
   *
   * @throws InvalidSpecException if there is none
   */
  static TensorFormat of(TensorAccess tensor, RankLoops.Ranks ranks) {
    return new OwnFormats(tensor, ranks).format();
  }

  private TensorFormat format() {
    List<TreeLevel> levels = new ArrayList<>();
    for (int i = 0; i < ranks.size(); i++) {
      Rank rank = ranks.get(i);
      boolean innermost =
          ranks.subList(i + 1, ranks.size()).stream().allMatch(r -> r.loops().isEmpty());
      if (!rank.loops().isEmpty()) {
        levels.add(level(rank, innermost));
      } else if (i == 0 && innermost && !tensor.ranks().isEmpty()) {
        // a tile of one word
        levels.add(new TreeLevel(entries(rank, true), List.of(0), 1));
      }
    }
    String name =
        ranks.stream().map(r -> r.format().kind().label()).collect(Collectors.joining(" "));
    return new TensorFormat(name, levels);
  }

  private TreeLevel level(Rank rank, boolean innermost) {
    for (SparseNest.Loop l : rank.loops()) {
      left.computeIfPresent(l.dimension(), (_, n) -> n / l.count());
    }
    Set<Integer> cut = new LinkedHashSet<>();
    long block = 1;
    for (SparseNest.Loop l : rank.loops()) {
      for (int r = 0; r < tensor.ranks().size(); r++) {
        TensorAccess.Rank of = tensor.ranks().get(r);
        if (of.expression().terms().stream().anyMatch(t -> t.variable().equals(l.dimension()))) {
          cut.add(r);
          block = Math.max(block, block(of));
        }
      }
    }
    if (block > 1 && cut.size() > 1) {
      throw refuse(
          "a rank over %s is cut further by another, and so no run of single coordinates"
              .formatted(dimensions(rank)),
          "flatten loops over all of these dimensions, or none");
    }
    return new TreeLevel(entries(rank, innermost), List.copyOf(cut), block);
  }

  /** How many coordinates of a rank of the tensor an element still has. */
  private long block(TensorAccess.Rank rank) {
    var terms = rank.expression().terms();
    if (terms.size() == 1) {
      return left.getOrDefault(terms.getFirst().variable(), 1L);
    }
    if (terms.stream().anyMatch(t -> left.getOrDefault(t.variable(), 1L) > 1)) {
      throw refuse(
          "rank '%s' of it is cut into blocks, which overlap".formatted(rank.expression()),
          "flatten all loops over its dimensions into one rank");
    }
    return 1;
  }

  private RankFormat entries(Rank rank, boolean innermost) {
    var of = rank.format();
    int metadata = Math.toIntExact(of.metadataBits());
    int payload = innermost ? 0 : Math.toIntExact(of.payloadBits());
    return switch (of.kind()) {
      case UOP -> {
        if (innermost) {
          throw refuse(
              "its innermost rank is UOP, which says where fibers begin that are not there",
              "use CP, RLE or B for it");
        }
        yield new RankFormat.Offsets(OptionalInt.of(payload));
      }
      case CP -> new RankFormat.Coordinates(OptionalInt.of(metadata + payload));
      case B -> new RankFormat.Bitmask();
      case RLE -> {
        if (metadata < 1 || metadata > 32) {
          throw refuse("runs of %d b".formatted(metadata), "give them 1 to 32");
        }
        yield new RankFormat.RunLength(OptionalInt.of(metadata));
      }
      case UB ->
          throw refuse(
              "rank %s is %s, bits beside words that are all there"
                  .formatted(dimensions(rank), Kind.UB),
              "use B, or no format");
    };
  }

  private static String dimensions(Rank rank) {
    return rank.loops().stream()
        .map(SparseNest.Loop::dimension)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private InvalidSpecException refuse(String what, String instead) {
    return new InvalidSpecException(
        "by Einloom's own rules '%s' at '%s' cannot be written as its representation_format says: %s; %s, or use --accounting timeloop"
            .formatted(tensor.name(), source.memory(), what, instead));
  }
}
