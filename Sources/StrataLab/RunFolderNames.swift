/// The name of the file that describes a run, inside its folder.
package let recipeFileName = "recipe.yaml"
