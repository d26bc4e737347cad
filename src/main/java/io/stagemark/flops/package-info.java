/** See the root package for the flow. */
@NullMarked
package io.stagemark.flops;

import org.jspecify.annotations.NullMarked;
