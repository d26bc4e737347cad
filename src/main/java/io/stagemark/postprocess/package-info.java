/** See the root package for the flow. */
@NullMarked
package io.stagemark.postprocess;

import org.jspecify.annotations.NullMarked;
