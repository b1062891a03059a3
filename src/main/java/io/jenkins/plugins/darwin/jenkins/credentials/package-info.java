/** Credentials: the key that signs releases, drop-downs of fitting credentials, and finding a build's own. */
package io.jenkins.plugins.darwin.jenkins.credentials;
