package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.einloom.io.onnx.PassDraft.Axes;

/**
 * Elements taken from, or put to, places that other data says: what is taken is read once for each
 * time that it is taken, with its index, and written. The table that rows are taken from counts as
 * large as what is taken; of a tensor that rows are put into the other words stay where they are.
 */
final class GatherPasses {
  private GatherPasses() {}

  static void addTo(Map<String, PassRule> rules) {
    rules.put("Gather", GatherPasses::gather);
    rules.put("GatherElements", GatherPasses::gatherElements);
    rules.put("GatherND", GatherPasses::gatherNd);
    rules.put("Scatter", GatherPasses::scatterElements);
    rules.put("ScatterElements", GatherPasses::scatterElements);
    rules.put("ScatterND", GatherPasses::scatterNd);
    rules.put("TensorScatter", (node, results) -> tensorScatter(node));
    rules.put("OneHot", GatherPasses::oneHot);
  }

  /** One constant index is a slice, which is free. */
  private static List<Pass> gather(Node node, List<Value> results) throws Unknown {
    Shape from = node.shape(0);
    Shape indices = node.shape(1);
    if (node.input(1).constant() && indices.elements() == 1) {
      return List.of();
    }
    PassDraft draft = PassDraft.over(results.get(0).requireShape());
    int axis = from.axis(node.integer("axis", 0));
    draft.read(node.proto().getInput(0), node.input(0).constant(), draft.all());
    draft.read(node, 1, axis);
    return List.of(draft.write("", Operation.COPY, draft.all()));
  }

  private static List<Pass> gatherElements(Node node, List<Value> results) throws Unknown {
    PassDraft draft = PassDraft.over(node.shape(1));
    draft.read(node.proto().getInput(0), node.input(0).constant(), draft.all()).read(node, 1);
    return List.of(draft.write("", Operation.COPY, draft.all()));
  }

  private static List<Pass> gatherNd(Node node, List<Value> results) throws Unknown {
    Shape result = results.get(0).requireShape();
    var passes = new ArrayList<Pass>();
    PassDraft draft = PassDraft.over(result);
    draft.read(node.proto().getInput(0), node.input(0).constant(), draft.all());
    index(node, draft, passes);
    passes.add(draft.write(passes.isEmpty() ? "" : "copy", Operation.COPY, draft.all()));
    return passes;
  }

  /** Indices of several numbers are first made one place: a pass over them. */
  private static void index(Node node, PassDraft draft, List<Pass> passes) throws Unknown {
    Shape indices = node.shape(1);
    int last = indices.rank() - 1;
    Axes slices = Axes.range(0, last);
    if (indices.size(last) == 1) {
      draft.read(node.proto().getInput(1), node.input(1).constant(), slices);
    } else {
      passes.add(PassDraft.over(indices).read(node, 1).write("index", Operation.ADD, slices));
      draft.read("index", slices);
    }
  }

  private static List<Pass> scatterElements(Node node, List<Value> results) throws Unknown {
    PassDraft draft = PassDraft.over(node.shape(2)).read(node, 2);
    draft.read(node.proto().getInput(1), node.input(1).constant(), draft.all());
    return List.of(written(node, draft, ""));
  }

  private static List<Pass> scatterNd(Node node, List<Value> results) throws Unknown {
    var passes = new ArrayList<Pass>();
    PassDraft draft = PassDraft.over(node.shape(2)).read(node, 2);
    index(node, draft, passes);
    passes.add(written(node, draft, passes.isEmpty() ? "" : "copy"));
    return passes;
  }

  /** New keys or values put behind those of before, of each sequence where its index says. */
  private static List<Pass> tensorScatter(Node node) throws Unknown {
    PassDraft draft = PassDraft.over(node.shape(1)).read(node, 1);
    if (node.has(2)) {
      draft.read(node.name(2), node.input(2).constant(), Axes.of(0));
    }
    return List.of(draft.write("", Operation.COPY, draft.all()));
  }

  /** With a reduction what is there is read as well. */
  private static Pass written(Node node, PassDraft draft, String part) {
    String operation =
        switch (node.text("reduction", "none")) {
          case "add" -> Operation.ADD;
          case "mul" -> Operation.MUL;
          case "max", "min" -> Operation.MAX;
          default -> Operation.COPY;
        };
    if (!operation.equals(Operation.COPY)) {
      draft.read(node.proto().getInput(0), node.input(0).constant(), draft.all());
    }
    return draft.write(part, operation, draft.all());
  }

  private static List<Pass> oneHot(Node node, List<Value> results) throws Unknown {
    Shape result = results.get(0).requireShape();
    PassDraft draft = PassDraft.over(result);
    Axes depth = Axes.of(Shape.axis(node.integer("axis", -1), result.rank()));
    draft.read(node.proto().getInput(0), node.input(0).constant(), draft.all().without(depth));
    return List.of(draft.write("", Operation.COMPARE, draft.all()));
  }
}
