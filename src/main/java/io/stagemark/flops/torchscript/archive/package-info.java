/**
 * The zip of a TorchScript file: code, pickles, tensors.
 *
 * <p>Start reading at {@link io.stagemark.flops.torchscript.archive.TorchArchive}.
 */
@NullMarked
package io.stagemark.flops.torchscript.archive;

import org.jspecify.annotations.NullMarked;
