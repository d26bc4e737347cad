/** See the root package for the flow. */
@NullMarked
package io.stagemark.dataset;

import org.jspecify.annotations.NullMarked;
