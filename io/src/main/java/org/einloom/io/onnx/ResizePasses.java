package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.einloom.workload.Affine.Term;
import org.einloom.workload.Checked;

/**
 * Resizing: every word of the result is made of its nearest words of the input along each axis that
 * changes: one ({@code nearest}), two ({@code linear}) or four ({@code cubic}). Upwards by b,
 * {@code O[b*p+u] += I[p+r]}; downwards by a, {@code O[p] += I[a*p+r]}. A factor that is not whole
 * is rounded so that no word of the result is left out: points beyond its end are computed and
 * dropped.
 */
final class ResizePasses {
  private ResizePasses() {}

  static void addTo(Map<String, PassRule> rules) {
    rules.put("Resize", ResizePasses::resize);
    rules.put("Upsample", ResizePasses::resize);
  }

  private static long taps(Node node) throws Unknown {
    if (node.text("coordinate_transformation_mode", "").equals("tf_crop_and_resize")) {
      throw new Unknown("a part of the input is cut out, which is not costed");
    }
    return switch (node.text("mode", "nearest")) {
      case "nearest" -> 1;
      case "linear", "bilinear" -> 2;
      case "cubic" -> 4;
      default -> throw new Unknown("mode '" + node.text("mode", "nearest") + "' is not known");
    };
  }

  private static List<Pass> resize(Node node, List<Value> results) throws Unknown {
    Shape from = node.shape(0);
    Shape to = results.get(0).requireShape();
    long nearby = taps(node);
    // Downwards, antialiasing widens the filter by the factor of the axis.
    boolean widened = node.flag("antialias", false) && nearby > 1;
    var draft = new EinsumDraft();
    var input = new ArrayList<EinsumDraft.Rank>();
    var output = new ArrayList<EinsumDraft.Rank>();
    long outer = 1;
    for (int axis = 0; axis < from.rank(); axis++) {
      if (from.size(axis) == to.size(axis)) {
        outer *= from.size(axis);
      }
    }
    draft.keep("c", outer); // all axes that stay as they are
    input.add(EinsumDraft.Rank.of("c", outer));
    output.add(EinsumDraft.Rank.of("c", outer));
    int changed = 0;
    for (int axis = 0; axis < from.rank(); axis++) {
      long a = from.size(axis);
      long b = to.size(axis);
      if (a == b) {
        continue;
      }
      String position = "p" + changed;
      String step = "u" + changed;
      String tap = "r" + changed;
      changed++;
      long up = Math.ceilDiv(b, a);
      long down = Math.max(1, a / b);
      long taps =
          widened && b < a
              ? Math.ceilDiv(Checked.multiply(nearby, a, "the taps of a filter"), b)
              : nearby;
      long offset = -((taps - 1) / 2);
      draft.variable(position, b > a ? a : b);
      draft.variable(step, up);
      draft.variable(tap, taps);
      input.add(EinsumDraft.Rank.of(a, offset, new Term(down, position), new Term(1, tap)));
      output.add(EinsumDraft.Rank.of(b, 0, new Term(up, position), new Term(1, step)));
    }
    if (changed == 0) {
      return List.of();
    }
    var source = new EinsumDraft.Source(node.proto().getInput(0), false, input);
    String operation = nearby == 1 ? Operation.COPY : Operation.SCALE;
    return List.of(Pass.only(draft.pass("pass", operation, List.of(source), output)));
  }
}
