/**
 * Workloads from ONNX models. A file becomes a {@link org.einloom.workload.Workload} in four steps:
 * {@code WireFilter} copies the graph out of the file and leaves bulk data behind, {@code
 * GraphWalk} visits the nodes in execution order, {@code Shapes} and its families of {@code
 * ShapeRule} infer what is known of every value (extents, and the numbers where they are few), and
 * each operator becomes Einsums: by a {@code LayerRule} a convolution or matrix product, by a
 * {@code PassRule} any other, in passes over its data. What has no rule is named and counted.
 * Operator semantics are those of the ONNX operator specification
 * (https://onnx.ai/onnx/operators/).
 */
@NullMarked
package org.einloom.io.onnx;

import org.jspecify.annotations.NullMarked;
