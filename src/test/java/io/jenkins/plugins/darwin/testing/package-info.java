/** Real servers for tests, and proxies before them that count and fail. */
package io.jenkins.plugins.darwin.testing;
