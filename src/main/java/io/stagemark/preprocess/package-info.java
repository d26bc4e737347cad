/** See the root package for the flow. */
@NullMarked
package io.stagemark.preprocess;

import org.jspecify.annotations.NullMarked;
