/** The shipped example: product inventory figures from a CSV, exact at any worker count. */
@NullMarked
package io.bactrian.inventory;

import org.jspecify.annotations.NullMarked;
