import { type FileTree, textOf } from '../../document/file-tree.ts';
import { read as readArm } from '../arm/read.ts';
import type { ProjectReader } from '../reading/reader.ts';
import { type Block, parseHcl } from './hcl.ts';
import { templateOf } from './template.ts';

/** Of one file. More is none that somebody wrote. */
const mostCharacters = 4e6;

const isTerraform = (path: string) => /\.tf$/i.test(path);
const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1);

/**
 * A Terraform module, which is all files of a folder together: its workflows are read as the ARM template that says the same. What is
 * not written out may be anything. A file that is no HCL is passed over, for Terraform itself says where.
 */
export const read: ProjectReader['read'] = async (tree, root) => {
  const files = sourcesOf(tree, root);
  const blocks: Block[] = [];
  for (const { text } of files) blocks.push(...((await parseHcl(text)) ?? []));
  const template = templateOf(blocks);
  const [first] = files;
  if (!template || !first) return { definitions: [], problems: [] };
  const definitions = readArm({ file: first.file, text: JSON.stringify(template, null, 2), value: template });
  return { definitions, problems: [], source: { language: 'terraform', files } };
};

/** Those of the folder that tell of Logic Apps, or of templates. */
function sourcesOf(tree: FileTree, root: string) {
  const paths = tree.paths.filter((path) => isTerraform(path) && folderOf(path) === root);
  return paths.flatMap((path) => {
    const text = textOf(tree, path) ?? '';
    const tells = /logic_app|Microsoft\.Logic|template_deployment/i.test(text);
    return tells && text.length <= mostCharacters ? [{ file: tree.displayName(path), text }] : [];
  });
}
