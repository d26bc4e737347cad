/** See the root package for the flow. */
@NullMarked
package io.stagemark.scoring;

import org.jspecify.annotations.NullMarked;
