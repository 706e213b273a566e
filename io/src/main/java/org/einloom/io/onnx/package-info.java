/** Workloads from ONNX models. */
@NullMarked
package org.einloom.io.onnx;

import org.jspecify.annotations.NullMarked;
