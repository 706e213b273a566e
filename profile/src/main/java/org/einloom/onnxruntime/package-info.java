/**
 * Executes ONNX models with ONNX Runtime, a native library, as the service that Einloom asks for.
 */
@NullMarked
package org.einloom.onnxruntime;

import org.jspecify.annotations.NullMarked;
