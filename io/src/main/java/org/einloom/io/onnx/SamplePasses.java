package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.einloom.io.onnx.PassDraft.Axes;
import org.einloom.workload.Affine.Term;
import org.einloom.workload.Checked;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;

/**
 * Words taken between places that data says: of each place the weights of its neighbours are made
 * from its coordinates, then the neighbours are read, once for each time, as those of {@code
 * Gather} are, and added up with these weights.
 */
final class SamplePasses {
  private static final String WEIGHTS = "weights";

  private SamplePasses() {}

  static void addTo(Map<String, PassRule> rules) {
    rules.put("GridSample", SamplePasses::gridSample);
    rules.put("RoiAlign", SamplePasses::roiAlign);
    rules.put("DeformConv", SamplePasses::deformed);
    rules.put("AffineGrid", SamplePasses::affineGrid);
    rules.put("MaxUnpool", (node, results) -> unpool(node));
    rules.put("Col2Im", (node, results) -> fold(node));
  }

  /** Neighbours of a place along all of its axes. */
  private static long taps(String mode, int axes) throws Unknown {
    long along =
        switch (mode) {
          case "nearest" -> 1;
          case "linear", "bilinear" -> 2;
          case "cubic", "bicubic" -> 4;
          default -> throw new Unknown("mode '" + mode + "' is not known");
        };
    long taps = 1;
    for (int i = 0; i < axes; i++) {
      taps = Checked.multiply(taps, along, "the neighbours of a place");
    }
    return taps;
  }

  /** The result, whose shape may be one that the file says. */
  private static Shape ranked(List<Value> results, int rank) throws Unknown {
    Shape shape = results.get(0).requireShape();
    if (shape.rank() != rank || rank < 3) {
      throw new Unknown("its result has shape " + shape);
    }
    return shape;
  }

  private static List<Pass> gridSample(Node node, List<Value> results) throws Unknown {
    Shape from = node.shape(0);
    Shape to = ranked(results, from.rank());
    int axes = from.rank() - 2;
    long taps = taps(node.text("mode", "linear"), axes);
    long places = to.elements(2, to.rank());
    // batch, channels, places, neighbours
    Shape space = Shape.of(to.size(0), to.size(1), places, taps);
    Axes weighted = Axes.of(0).and(Axes.range(2, 4));
    PassDraft weights = PassDraft.over(space.with(1, 1));
    for (int i = 0; i < axes; i++) {
      weights.read(
          Pass.part(i + 1, node.name(1)), node.input(1).constant(), Axes.of(0).and(Axes.of(2)));
    }
    PassDraft sample = PassDraft.over(space);
    sample.read(node.name(0), node.input(0).constant(), sample.all());
    sample.read(WEIGHTS, weighted);
    return List.of(
        weights.write(WEIGHTS, Operation.SCALE, weighted),
        sample.write("sample", Operation.SCALE, Axes.range(0, 3)));
  }

  /** Of each bin of a region several places, of each of these four neighbours. */
  private static List<Pass> roiAlign(Node node, List<Value> results) throws Unknown {
    long ratio = node.integer("sampling_ratio", 0);
    if (ratio < 1) {
      throw new Unknown("without 'sampling_ratio' the size of a region says how often it is read");
    }
    Shape to = ranked(results, 4);
    long bins = to.elements(2, to.rank());
    long places = Checked.multiply(ratio, ratio, "the places in a bin");
    // regions, channels, bins, places, neighbours
    Shape space = Shape.of(to.size(0), to.size(1), bins, places, 4);
    Axes weighted = Axes.of(0).and(Axes.range(2, 5));
    PassDraft weights = PassDraft.over(space.with(1, 1));
    for (int corner = 1; corner <= 4; corner++) {
      weights.read(Pass.part(corner, node.name(1)), node.input(1).constant(), Axes.of(0));
    }
    PassDraft sample = PassDraft.over(space);
    sample.read(node.name(0), node.input(0).constant(), sample.all());
    sample.read(WEIGHTS, weighted);
    Axes bin = Axes.range(0, 3);
    boolean max = node.text("mode", "avg").equals("max");
    var passes = new ArrayList<Pass>();
    passes.add(weights.write(WEIGHTS, Operation.SCALE, weighted));
    passes.add(sample.write("sample", Operation.SCALE, max ? bin.and(Axes.of(3)) : bin));
    if (max) {
      PassDraft largest = PassDraft.over(space.with(4, 1));
      largest.read("sample", Axes.range(0, 4));
      passes.add(largest.write("max", Operation.MAX, bin));
    }
    return passes;
  }

  /** What the offsets say is taken out of the input; the rest is a convolution. */
  private static List<Pass> deformed(Node node, List<Value> results) throws Unknown {
    Shape input = node.shape(0);
    Shape kernel = node.shape(1);
    Shape output = Convolution.output(node, input, kernel);
    long taken = kernel.elements(2, kernel.rank());
    long groups = node.integer("offset_group", 1);
    int axes = input.rank() - 2;
    if (groups < 1 || input.size(1) % groups != 0) {
      throw new InvalidSpecException(
          "attribute 'offset_group' is " + groups + ", which does not divide " + input.size(1));
    }
    // batch, groups, channels of a group, words of the kernel, positions, neighbours
    Shape space =
        Shape.of(
            input.size(0),
            groups,
            input.size(1) / groups,
            taken,
            output.elements(2, output.rank()),
            taps("linear", axes));
    Axes places = Axes.range(0, 2).and(Axes.range(3, 5));
    Axes weighted = places.and(Axes.of(5));
    PassDraft weights = PassDraft.over(space.with(2, 1));
    for (int i = 0; i < axes; i++) {
      weights.read(Pass.part(i + 1, node.name(2)), node.input(2).constant(), places);
    }
    if (node.has(4)) {
      weights.read(node.name(4), node.input(4).constant(), places);
    }
    PassDraft sample = PassDraft.over(space);
    sample.read(node.name(0), node.input(0).constant(), sample.all());
    sample.read(WEIGHTS, weighted);
    var passes = new ArrayList<Pass>();
    if (node.has(3)) {
      passes.add(Products.bias(node, 3));
    }
    passes.add(weights.write(WEIGHTS, Operation.SCALE, weighted));
    passes.add(sample.write("sample", Operation.SCALE, Axes.range(0, 5)));
    passes.add(product(node, output, taken));
    return passes;
  }

  /** {@code O[n,g,m,i] += S[n,g,c,r,i] * W[g,m,c,r]}, S what was taken for each position. */
  private static Pass product(Node node, Shape output, long taken) throws Unknown {
    long groups = node.integer("group", 1);
    Shape kernel = node.shape(1);
    // batch, groups, output channels, input channels, words of the kernel, positions
    Shape space =
        Shape.of(
            output.size(0),
            groups,
            kernel.size(0) / groups,
            kernel.size(1),
            taken,
            output.elements(2, output.rank()));
    PassDraft draft = PassDraft.over(space);
    draft.read("sample", draft.all().without(Axes.of(2)));
    draft.read(node.name(1), node.input(1).constant(), Axes.range(1, 5));
    return draft.write("product", Einsum.MAC, Axes.range(0, 3).and(Axes.of(5)));
  }

  /** Every coordinate is a row of a matrix times those of its position. */
  private static List<Pass> affineGrid(Node node, List<Value> results) throws Unknown {
    Shape grid = results.get(0).requireShape();
    int last = grid.rank() - 1;
    if (last < 2) {
      throw new Unknown("its result has shape " + grid);
    }
    long axes = grid.size(last);
    // batch, positions, coordinates, terms
    Shape space = Shape.of(grid.size(0), grid.elements(1, last), axes, axes + 1);
    PassDraft draft = PassDraft.over(space);
    draft.read(node.name(0), node.input(0).constant(), Axes.of(0).and(Axes.range(2, 4)));
    return List.of(draft.write("", Operation.SCALE, Axes.range(0, 3)));
  }

  /** The words put, and where; the rest is zero, as in {@code ConstantOfShape}. */
  private static List<Pass> unpool(Node node) throws Unknown {
    PassDraft draft = PassDraft.over(node.shape(0)).read(node, 0);
    draft.read(node.name(1), node.input(1).constant(), draft.all());
    return List.of(draft.write("", Operation.COPY, draft.all()));
  }

  /** Blocks added up where they lie: {@code O[c,s*p+d*r-pad,...] += I[c,r,...,p,...]}. */
  private static List<Pass> fold(Node node) throws Unknown {
    Shape image = SampleRules.image(node);
    int axes = image.rank() - 2;
    List<Long> kernel = node.integers(2);
    List<Window> windows = Window.of(node, image.sub(2, image.rank()), kernel);
    long channels = Checked.multiply(image.size(0), image.size(1), "the channels of a batch");
    long blocks = 1;
    for (Window w : windows) {
      blocks = Checked.multiply(blocks, w.output(), "the blocks of an image");
    }
    if (blocks != node.shape(0).size(2)) {
      throw new InvalidSpecException(
          "its input has " + node.shape(0).size(2) + " blocks; its image has " + blocks);
    }
    var draft = new EinsumDraft();
    draft.keep("c", channels);
    var from = new ArrayList<>(List.of(EinsumDraft.Rank.of("c", channels)));
    var to = new ArrayList<>(from);
    for (int i = 0; i < axes; i++) {
      Window w = windows.get(i);
      String p = Convolution.outputAxis(i, axes);
      String r = Convolution.kernelAxis(i, axes);
      draft.variable(p, w.output());
      draft.variable(r, w.kernel());
      from.add(EinsumDraft.Rank.of(r, w.kernel()));
      from.add(EinsumDraft.Rank.of(p, w.output()));
      to.add(
          EinsumDraft.Rank.of(
              w.input(), -w.padBegin(), new Term(w.stride(), p), new Term(w.dilation(), r)));
    }
    var source = new EinsumDraft.Source(node.name(0), node.input(0).constant(), from);
    return List.of(Pass.only(draft.pass("pass", Operation.ADD, List.of(source), to)));
  }
}
