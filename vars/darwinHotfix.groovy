/**
 * A hotfix of a released line: its branch from the latest release, a halt for the fix, then a release like any other.
 * vars/darwinHotfix.txt says what the options are.
 */
def call(Map options = [:]) {
    if (!(options.name instanceof CharSequence)) {
        error "No name given: expected text, for example darwinHotfix(version: '1.3.1', name: 'security-fix')."
    }
    Map release = [hotfix: options.name]
    for (String option in options.keySet()) {
        if (option != 'name') {
            release[option] = options[option]
        }
    }
    return darwinRelease(release)
}
