/** See the root package for the flow. */
@NullMarked
package io.stagemark.stats;

import org.jspecify.annotations.NullMarked;
