/**
 * ONNX files: protobuf read within bounds, external data.
 *
 * <p>Start reading at {@link io.stagemark.flops.onnx.file.OnnxFile}.
 */
@NullMarked
package io.stagemark.flops.onnx.file;

import org.jspecify.annotations.NullMarked;
