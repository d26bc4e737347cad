/**
 * TorchScript's code as text: tokens, expressions, statements.
 *
 * <p>Start reading at {@link io.stagemark.flops.torchscript.script.Parser}.
 */
@NullMarked
package io.stagemark.flops.torchscript.script;

import org.jspecify.annotations.NullMarked;
