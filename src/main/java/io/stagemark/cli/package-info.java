/** See the root package for the flow. */
@NullMarked
package io.stagemark.cli;

import org.jspecify.annotations.NullMarked;
