package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.List;
import org.einloom.workload.Checked;
import org.einloom.workload.InvalidSpecException;

/**
 * {@code MatMul} (https://onnx.ai/onnx/operators/onnx__MatMul.html), NumPy's: {@code O[b,m,n] +=
 * A[b,m,k] * B[b,k,n]}. Neighbouring batch dimensions that index the same operands are one variable
 * (b, or b0, b1, ... where several remain), and those that index only A and stand next to its rows
 * are rows too, so that the product of a batch of matrices and one matrix is one larger matrix
 * product.
 */
final class MatMul implements LayerRule {
  /** A run of batch dimensions: its extent, and which operands it indexes. */
  private record Batch(long extent, boolean inA, boolean inB) {
    boolean indexesLike(Batch other) {
      return inA == other.inA && inB == other.inB;
    }
  }

  /** The shape of the product of tensors of these shapes. */
  static Shape output(Shape a, Shape b) {
    if (a.rank() == 0 || b.rank() == 0) {
      throw new InvalidSpecException(
          "its operands have shapes " + a + " and " + b + "; expected at least one rank each");
    }
    long inner = a.size(a.rank() - 1);
    long other = b.size(Math.max(0, b.rank() - 2));
    if (inner != other) {
      throw new InvalidSpecException(
          "its operands "
              + a
              + " and "
              + b
              + " do not fit: inner extents "
              + inner
              + " and "
              + other
              + "; expected the same");
    }
    var sizes = new ArrayList<Long>(batch(a, b).sizes());
    if (a.rank() > 1) {
      sizes.add(a.size(a.rank() - 2));
    }
    if (b.rank() > 1) {
      sizes.add(b.size(b.rank() - 1));
    }
    return new Shape(sizes);
  }

  private static Shape batch(Shape a, Shape b) {
    try {
      return Shape.broadcast(List.of(batch(a), batch(b)));
    } catch (InvalidSpecException e) {
      throw new InvalidSpecException(
          "its operands " + a + " and " + b + " do not fit: batch " + e.getMessage(), e);
    }
  }

  private static Shape batch(Shape operand) {
    return new Shape(operand.sub(0, Math.max(0, operand.rank() - 2)));
  }

  @Override
  public Costed make(Node node, String name) throws Unknown {
    Shape a = node.shape(0);
    Shape b = node.shape(1);
    Shape output = output(a, b);
    long rows = a.rank() > 1 ? a.size(a.rank() - 2) : 1;
    long inner = a.size(a.rank() - 1);
    long columns = b.rank() > 1 ? b.size(b.rank() - 1) : 1;

    List<Batch> batches = batches(batch(a), batch(b));
    if (!batches.isEmpty() && !batches.getLast().inB()) {
      rows = Checked.multiply(rows, batches.removeLast().extent(), "the rows of the product");
    }
    var draft = new EinsumDraft();
    var first = new ArrayList<EinsumDraft.Rank>();
    var second = new ArrayList<EinsumDraft.Rank>();
    var result = new ArrayList<EinsumDraft.Rank>();
    for (int i = 0; i < batches.size(); i++) {
      Batch batch = batches.get(i);
      String variable = batches.size() == 1 ? "b" : "b" + i;
      draft.variable(variable, batch.extent());
      EinsumDraft.Rank rank = EinsumDraft.Rank.of(variable, batch.extent());
      if (batch.inA()) {
        first.add(rank);
      }
      if (batch.inB()) {
        second.add(rank);
      }
      result.add(rank);
    }
    draft.variable("m", rows);
    draft.variable("n", columns);
    if (draft.isEmpty()) {
      draft.keep("k", inner); // an Einsum has at least one loop
    } else {
      draft.variable("k", inner);
    }
    EinsumDraft.Rank m = EinsumDraft.Rank.of("m", rows);
    EinsumDraft.Rank n = EinsumDraft.Rank.of("n", columns);
    EinsumDraft.Rank k = EinsumDraft.Rank.of("k", inner);
    first.addAll(List.of(m, k));
    second.addAll(List.of(k, n));
    result.addAll(List.of(m, n));
    return new Costed(draft.build(name, node, first, second, result), output);
  }

  private static List<Batch> batches(Shape a, Shape b) {
    Shape all = Shape.broadcast(List.of(a, b));
    var runs = new ArrayList<Batch>();
    for (int i = 0; i < all.rank(); i++) {
      var next = new Batch(all.size(i), indexes(a, i, all), indexes(b, i, all));
      if (next.extent() == 1) {
        continue;
      }
      if (!runs.isEmpty() && runs.getLast().indexesLike(next)) {
        long extent = Checked.multiply(runs.removeLast().extent(), next.extent(), "the batch");
        next = new Batch(extent, next.inA(), next.inB());
      }
      runs.add(next);
    }
    return runs;
  }

  private static boolean indexes(Shape operand, int axis, Shape all) {
    int own = axis - (all.rank() - operand.rank());
    return own >= 0 && operand.size(own) != 1;
  }
}
