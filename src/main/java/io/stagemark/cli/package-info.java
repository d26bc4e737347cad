/**
 * The commands, one file each: the only place that prints or exits.
 *
 * <p>Start reading at {@link io.stagemark.cli.Main}.
 *
 * <p><b>In:</b> arguments. <b>Out:</b> text on standard output, progress on standard error, an exit
 * code: 0 fine, 1 regression, 2 bad input, 3 failed run or unfit machine, 4 inconclusive.
 *
 * <p><b>May import:</b> everything. <b>Must not know:</b> how anything is computed: a command reads
 * its arguments, calls one thing, shows what came.
 */
@NullMarked
package io.stagemark.cli;

import org.jspecify.annotations.NullMarked;
