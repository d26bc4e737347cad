/** See the root package for the flow. */
@NullMarked
package io.stagemark.run;

import org.jspecify.annotations.NullMarked;
