// tokens.js GRAMMAR FILE -- how VS Code takes a file apart: "LINE: SCOPE<TEXT> ...", the last scope of
// each token but for the file's own, up to its first dot but one. Needs vscode-textmate and
// vscode-oniguruma; without them the status is 3.
const fs = require('fs');
let textmate, oniguruma, wasm;
try {
    textmate = require('vscode-textmate');
    oniguruma = require('vscode-oniguruma');
    wasm = fs.readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')).buffer;
} catch (error) {
    process.exit(3);
}
const [path, file] = process.argv.slice(2);
const registry = new textmate.Registry({
    onigLib: oniguruma.loadWASM(wasm).then(() => ({
        createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
        createOnigString: (text) => new oniguruma.OnigString(text),
    })),
    loadGrammar: async () => textmate.parseRawGrammar(fs.readFileSync(path, 'utf8'), path),
});
registry.loadGrammar('source.dechaff-rules').then((grammar) => {
    let state = textmate.INITIAL;
    fs.readFileSync(file, 'utf8').replace(/\n$/, '').split('\n').forEach((line, index) => {
        const result = grammar.tokenizeLine(line, state);
        state = result.ruleStack;
        const tokens = result.tokens
            .filter((token) => token.scopes.length > 1)
            .map((token) => ' ' + token.scopes.at(-1).split('.').slice(0, 2).join('.') +
                '<' + line.slice(token.startIndex, token.endIndex) + '>');
        console.log(index + 1 + ':' + tokens.join(''));
    });
});
