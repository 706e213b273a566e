package org.einloom.io.timeloop.front;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.front.Tree.Entry;
import org.einloom.io.timeloop.front.Tree.Keyed;
import org.einloom.io.timeloop.front.Tree.Leaf;

/**
 * Problems that name a shape that comes with Timeloop ({@code shape: cnn-layer}), or have their
 * sizes beside the shape, as files before version 0.4 do, with the shape written out and the sizes
 * under {@code instance}. Without any shape a problem is a {@code cnn-layer}, as in Timeloop.
 */
final class Shapes {
  private static final String SHAPE = "shape";
  private static final String INSTANCE = "instance";
  private static final String CNN = "cnn-layer";

  private static final Map<String, String> KNOWN =
      Map.of(
          CNN,
          """
          {name: CNN_Layer, dimensions: [R, S, P, Q, C, K, N],
           coefficients: [{name: Wstride, default: 1}, {name: Hstride, default: 1},
             {name: Wdilation, default: 1}, {name: Hdilation, default: 1}],
           data_spaces: [
             {name: Weights, projection: [[[C]], [[K]], [[R]], [[S]]]},
             {name: Inputs, projection: [[[N]], [[C]],
               [[R, Wdilation], [P, Wstride]], [[S, Hdilation], [Q, Hstride]]]},
             {name: Outputs, projection: [[[N]], [[K]], [[Q]], [[P]]], read_write: true}]}
          """,
          "gemm-abz",
          """
          {name: gemm_ABZ, dimensions: [M, N, K],
           data_spaces: [
             {name: A, projection: [[[M]], [[K]]]},
             {name: B, projection: [[[N]], [[K]]]},
             {name: Z, projection: [[[M]], [[N]]], read_write: true}]}
          """);

  private Shapes() {}

  /** The same file with its problem, if it has one, as version 0.4 has it. */
  static Keyed writtenOut(Keyed file) {
    if (!(file.find(TopLevel.PROBLEM) instanceof Keyed problem)) {
      return file;
    }
    List<Entry> all = new ArrayList<>();
    for (Entry e : file.entries()) {
      boolean is = e.key().value().equals(TopLevel.PROBLEM);
      all.add(is ? new Entry(e.key(), problem(e.key(), problem)) : e);
    }
    return Keyed.of(all, file.at(), file.tag());
  }

  private static Keyed problem(Leaf key, Keyed problem) {
    Tree shape = problem.find(SHAPE);
    Tree instance = problem.find(INSTANCE);
    boolean beside =
        instance == null
            && problem.keys().stream().anyMatch(k -> !List.of("version", SHAPE).contains(k));
    boolean named = shape instanceof Leaf l && !l.isNull();
    if (shape != null && !named && !beside) {
      return problem;
    }
    List<Entry> all = new ArrayList<>();
    List<Entry> sizes = new ArrayList<>();
    if (shape == null) {
      if (instance == null && !beside) {
        return problem;
      }
      all.add(new Entry(key.with(SHAPE, false), known(key.with(CNN, false))));
    }
    for (Entry e : problem.entries()) {
      if (e.key().value().equals(SHAPE)) {
        all.add(named ? new Entry(e.key(), known((Leaf) e.value())) : e);
      } else if (beside && !e.key().value().equals("version")) {
        sizes.add(e);
      } else {
        all.add(e);
      }
    }
    if (beside) {
      Keyed keyed = Keyed.of(sizes, sizes.getFirst().key().at(), "");
      all.add(new Entry(sizes.getFirst().key().with(INSTANCE, false), keyed));
    }
    return Keyed.of(all, problem.at(), problem.tag());
  }

  private static Tree known(Leaf name) {
    String text = KNOWN.get(name.value().strip().toLowerCase(Locale.ROOT).replaceAll("[_ ]", "-"));
    if (text == null) {
      throw name.at()
          .error(
              "'shape' is the name " + Words.quote(name.value()),
              "expected the shape itself, with dimensions and data_spaces, or a name that comes"
                  + " with Timeloop: cnn-layer, gemm_ABZ");
    }
    String source = "the shape '" + name.value().strip() + "' of Timeloop";
    return TreeParser.parse(new Text(source, text, null), new Tags(new Included()));
  }
}
