package org.einloom.io.yaml;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.Expression.Access;
import org.einloom.workload.Affine;
import org.einloom.workload.Checked;
import org.einloom.workload.RankVariable;

/** Finds the shape of every tensor: the one given, else the largest coordinate touched plus one. */
final class Shapes {
  private final List<Access> accesses = new ArrayList<>();
  private final Map<String, Long> extents = new HashMap<>();

  Shapes(Expression expression, Collection<RankVariable> variables) {
    accesses.addAll(expression.operands());
    accesses.add(expression.output());
    variables.forEach(v -> extents.put(v.name(), v.extent()));
  }

  /**
   * The sizes of the ranks by tensor.
   *
   * @param given the shapes that the file gives, by tensor
   */
  Map<String, List<Long>> read(Map<String, YamlNode> given) {
    Map<String, List<Long>> shapes = new HashMap<>();
    for (Access access : accesses) {
      YamlNode declared = given.get(access.tensor());
      List<Long> shape = declared == null ? inferred(access) : declared(declared, access);
      List<Long> other = shapes.putIfAbsent(access.tensor(), shape);
      if (other == null) {
        continue;
      }
      if (other.size() != shape.size()) {
        throw access
            .at()
            .error(
                "tensor " + Words.quote(access.tensor()) + " has " + shape.size() + " ranks here",
                "it has " + other.size() + " where it is used before");
      }
      List<Long> larger = new ArrayList<>();
      for (int i = 0; i < shape.size(); i++) {
        larger.add(Math.max(shape.get(i), other.get(i)));
      }
      shapes.put(access.tensor(), larger);
    }
    return shapes;
  }

  private static List<Long> declared(YamlNode node, Access access) {
    String key = "shape of " + access.tensor();
    List<YamlNode> items = Values.list(node, key, "expected a list of sizes such as '[1, 3, 224]'");
    if (items.size() != access.ranks().size()) {
      throw node.at()
          .error(
              "'" + key + "' has " + items.size() + " sizes",
              "expected " + access.ranks().size() + ", one for each of its ranks");
    }
    return items.stream().map(i -> Values.integer(i, key, 1, Long.MAX_VALUE)).toList();
  }

  private List<Long> inferred(Access access) {
    List<Long> shape = new ArrayList<>();
    for (Affine rank : access.ranks()) {
      String what = "rank '" + rank + "' of tensor '" + access.tensor() + "'";
      shape.add(access.at().locate(() -> Checked.add(largest(rank, what), 1, what)));
      if (shape.getLast() < 1) {
        throw access.at().error(what + " is negative everywhere", "check the sign of its offset");
      }
    }
    return shape;
  }

  private long largest(Affine rank, String what) {
    long largest = rank.offset();
    for (Affine.Term t : rank.terms()) {
      if (t.coefficient() > 0) {
        long last = extents.getOrDefault(t.variable(), 1L) - 1;
        largest = Checked.add(largest, Checked.multiply(t.coefficient(), last, what), what);
      }
    }
    return largest;
  }
}
