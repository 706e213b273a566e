package org.einloom.io.onnx;

import java.util.List;
import org.einloom.workload.InvalidSpecException;

/**
 * {@code Gemm} (https://onnx.ai/onnx/operators/onnx__Gemm.html), the fully connected layer: {@code
 * O[n,m] += I[n,c] * W[m,c]} with batch n, output features m and input features c; ranks are in the
 * order of the file ({@code transB=0} gives {@code W[c,m]}). Where the first operand is the
 * constant one it is the weight, and {@code O[m,n] += W[m,c] * I[c,n]}.
 */
final class Gemm implements LayerRule {
  @Override
  public Costed make(Node node, String name) throws Unknown {
    Shape a = node.shape(0);
    Shape b = node.shape(1);
    if (a.rank() != 2 || b.rank() != 2) {
      throw new InvalidSpecException(
          "its operands have shapes " + a + " and " + b + "; expected two matrices");
    }
    boolean transA = node.flag("transA", false);
    boolean transB = node.flag("transB", false);
    long rows = a.size(transA ? 1 : 0);
    long inner = a.size(transA ? 0 : 1);
    long columns = b.size(transB ? 0 : 1);
    if (b.size(transB ? 1 : 0) != inner) {
      throw new InvalidSpecException(
          "its operands "
              + a
              + (transA ? " (transposed)" : "")
              + " and "
              + b
              + (transB ? " (transposed)" : "")
              + " do not fit: inner extents "
              + inner
              + " and "
              + b.size(transB ? 1 : 0)
              + "; expected the same");
    }
    boolean swapped = EinsumDraft.firstIsWeight(node);
    long batch = swapped ? columns : rows;
    long features = swapped ? rows : columns;
    var draft = new EinsumDraft();
    draft.keep("n", batch);
    draft.variable("m", features);
    draft.variable("c", inner);
    EinsumDraft.Rank row = EinsumDraft.Rank.of(swapped ? "m" : "n", rows);
    EinsumDraft.Rank column = EinsumDraft.Rank.of(swapped ? "n" : "m", columns);
    EinsumDraft.Rank c = EinsumDraft.Rank.of("c", inner);
    return new Costed(
        draft.build(
            name,
            node,
            transA ? List.of(c, row) : List.of(row, c),
            transB ? List.of(column, c) : List.of(c, column),
            List.of(row, column)),
        Shape.of(rows, columns));
  }
}
