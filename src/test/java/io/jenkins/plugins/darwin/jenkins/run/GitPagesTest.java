package io.jenkins.plugins.darwin.jenkins.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitPagesTest {
    @ParameterizedTest
    @CsvSource({
        "https://github.com/team/darwin.git, https://github.com/team/darwin, /commit/abc, /tree/release/1.3.0, /releases/tag/v1.3.0",
        "git@github.com:team/darwin.git, https://github.com/team/darwin, /commit/abc, /tree/release/1.3.0, /releases/tag/v1.3.0",
        "ssh://git@gitlab.example.org:2222/a/b/c.git/, https://gitlab.example.org/a/b/c, /-/commit/abc, /-/tree/release/1.3.0, /-/tags/v1.3.0",
        "https://bitbucket.org/team/darwin, https://bitbucket.org/team/darwin, /commits/abc, /branch/release/1.3.0, /commits/tag/v1.3.0",
        "https://codeberg.org/team/darwin.git, https://codeberg.org/team/darwin, /commit/abc, /src/branch/release/1.3.0, /src/tag/v1.3.0"
    })
    void knownHostsHavePagesForAllOfIt(String remote, String page, String commit, String branch, String tag) {
        GitPages pages = GitPages.of(remote);
        assertThat(pages.repository()).contains(page);
        assertThat(pages.commit("abc")).contains(page + commit);
        assertThat(pages.branch("release/1.3.0")).contains(page + branch);
        assertThat(pages.tag("v1.3.0")).contains(page + tag);
        assertThat(pages.tag(null)).isEmpty();
    }

    @Test
    void ofAnotherHostOnlyTheRepositoryIsWorthALink() {
        GitPages pages = GitPages.of("https://git.example.org:8443/darwin.git");
        assertThat(pages.repository()).contains("https://git.example.org:8443/darwin");
        assertThat(pages.commit("abc")).isEmpty();
        assertThat(pages.branch("main")).isEmpty();
    }

    /** What becomes a link on a page of Jenkins is an address of a web page and nothing else. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)//https://github.com/",
                "http://127.0.0.1:8080/darwin.git",
                "/srv/git/darwin.git",
                "file:///srv/git/darwin.git",
                "git@git.example.org:darwin.git",
                "ssh://git@git.example.org/darwin.git",
                "https://",
                "not an address",
                "https://github.com/a b",
                "https://github.com/a\"onclick=x"
            })
    void nothingElseIsLinked(String remote) {
        GitPages pages = GitPages.of(remote);
        assertThat(pages.repository()).isEmpty();
        assertThat(pages.commit("abc")).isEmpty();
    }

    @Test
    void namesAreEscapedForAnAddress() {
        assertThat(GitPages.of("https://github.com/a/b").branch("hotfix/1.0.1-a b#?\""))
                .contains("https://github.com/a/b/tree/hotfix/1.0.1-a%20b%23%3F%22");
        assertThat(GitPages.of(null).repository()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "docker.io/team/darwin-compute:1.3.0, https://hub.docker.com/r/team/darwin-compute",
                "docker.io/library/darwin:1.3.0, https://hub.docker.com/_/darwin",
                "ghcr.io/team/darwin:1.3.0, https://ghcr.io/team/darwin",
                "quay.io/team/charts/darwin:1.3.0, https://quay.io/repository/team/charts/darwin?tab=tags",
                "quay.io:5000/team/darwin:1.3.0, NULL",
                "127.0.0.1:5000/darwin/darwin-compute:1.3.0, NULL",
                "registry.example.org/darwin:1.3.0, NULL",
                "oci-layout:/srv/registry/darwin:1.3.0, NULL"
            },
            nullValues = "NULL")
    void registriesWithPagesAreLinked(String name, String url) {
        assertThat(new PublicName(name).getUrl()).isEqualTo(url);
        assertThat(new PublicName(name).getName()).isEqualTo(name);
    }
}
