/** See the root package for the flow. */
@NullMarked
package io.stagemark.report;

import org.jspecify.annotations.NullMarked;
