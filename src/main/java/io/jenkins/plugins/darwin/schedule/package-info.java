/** People and dates of a release line: who manages it, its calendar, the windows in which nothing is released. */
package io.jenkins.plugins.darwin.schedule;
